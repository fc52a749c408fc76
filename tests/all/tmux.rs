//! A tmux server of its own, with one window in which a shell runs: what a real terminal keeps that no emulator of the
//! tests knows.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::languages::locale_of_the_story;
use crate::marked::{ASKS, MARKS};
use crate::pty::LONG;

/// The server. Dropping it ends it and all that runs in it.
pub struct Tmux {
    socket: PathBuf,
    home: PathBuf,
}

impl Tmux {
    /// A window of 80 by 24 with an interactive bash whose history is in `home/history`, in the language of the story;
    /// none without tmux.
    #[track_caller]
    pub fn bash(home: &Path, fault: &str) -> Option<Self> {
        let lang = locale_of_the_story();
        Command::new("tmux").arg("-V").output().ok()?;
        let tmux = Self { socket: home.join("tmux"), home: home.to_owned() };
        let shell = "exec env PS1='prompt$ ' bash --norc --noprofile -i";
        let env = [
            ("HOME", home.display().to_string()),
            ("AMPARO_HOME", home.join("data").display().to_string()),
            ("HISTFILE", home.join("history").display().to_string()),
            ("LANG", lang.to_owned()),
            ("TEST_FAULT", fault.to_owned()),
            ("TMPDIR", home.join("tmp").display().to_string()),
        ];
        std::fs::create_dir_all(home.join("tmp")).expect("a folder");
        let mut args: Vec<String> =
            ["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24"].map(str::to_owned).into();
        for (name, value) in env {
            args.extend(["-e".to_owned(), format!("{name}={value}")]);
        }
        args.push(shell.to_owned());
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let out = tmux.ask(&args);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        // What a person who knows tmux has, and the README asks for.
        tmux.ask(&["set", "-s", "escape-time", "0"]);
        tmux.ask(&["set", "-g", "remain-on-exit", "off"]);
        tmux.wait_for("the prompt", |text| text.contains("prompt$"));
        Some(tmux)
    }

    /// Asks the server.
    pub fn ask(&self, args: &[&str]) -> Output {
        Command::new("tmux")
            .arg("-S")
            .arg(&self.socket)
            .args(args)
            .env_remove("TMUX")
            .current_dir(&self.home)
            .output()
            .expect("tmux runs")
    }

    /// A value of the window, by tmux's name for it.
    pub fn value(&self, name: &str) -> String {
        let out = self.ask(&["display-message", "-p", &format!("#{{{name}}}")]);
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    }

    /// Waits until a value of the window is this.
    #[track_caller]
    pub fn wait_for_value(&self, name: &str, value: &str) {
        self.wait_for(&format!("{name} {value}"), |_| self.value(name) == value);
    }

    /// The process of the shell.
    pub fn shell(&self) -> u32 {
        self.value("pane_pid").parse().expect("a process")
    }

    /// What the shell has started.
    pub fn child(&self) -> Option<u32> {
        let shell = self.shell();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).ok()?;
        children.split_whitespace().next()?.parse().ok()
    }

    /// Types a text, as it is.
    pub fn types(&self, text: &str) {
        assert!(self.ask(&["send-keys", "-l", text]).status.success());
    }

    /// Presses a key by tmux's name.
    pub fn press(&self, key: &str) {
        assert!(self.ask(&["send-keys", key]).status.success());
    }

    /// From the start screen into a session with every mark, the last one half typed.
    pub fn marks(&self) {
        self.types("1");
        for mark in [MARKS[1], MARKS[2], MARKS[0]] {
            self.types(mark);
            self.wait_for(mark, |text| text.contains(mark));
            self.press("Enter");
        }
        self.wait_for("the first step", |text| text.contains(ASKS));
        for (before, mark) in [("Enter", MARKS[3]), ("n", MARKS[4])] {
            self.press(before);
            self.types(mark);
            self.wait_for(mark, |text| text.contains(mark));
            self.press("Enter");
            self.wait_for("it is taken", |text| !text.contains(mark));
        }
        self.press("n");
        self.types(MARKS[5]);
        self.wait_for(MARKS[5], |text| text.contains(MARKS[5]));
    }

    /// The screen.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.ask(&["capture-pane", "-p"]).stdout).into_owned()
    }

    /// All that the window keeps: what was scrolled away, the screen, and the one that is not shown.
    pub fn all(&self) -> String {
        let mut all = String::new();
        for args in [&["capture-pane", "-p", "-S", "-"][..], &["capture-pane", "-p", "-q", "-a", "-S", "-"]] {
            all.push_str(&String::from_utf8_lossy(&self.ask(args).stdout));
        }
        all
    }

    /// Waits until the screen is as wished.
    #[track_caller]
    pub fn wait_for(&self, what: &str, is_so: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + LONG;
        loop {
            let text = self.text();
            if is_so(&text) {
                return text;
            }
            assert!(Instant::now() < until, "{what} did not come. The screen:\n{text}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let out = self.ask(&["display-message", "-p", "#{pane_pid}"]);
        self.ask(&["kill-server"]);
        // The shell writes its history while it ends; the folder goes only when nothing is written into it any more.
        let Ok(shell) = String::from_utf8_lossy(&out.stdout).trim().parse::<u32>() else { return };
        let until = Instant::now() + LONG;
        while Path::new(&format!("/proc/{shell}")).exists() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
