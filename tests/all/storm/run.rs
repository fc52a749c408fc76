//! One run: a program that is started somewhere, hidden and brought back, stream after stream, until it ends or has
//! had enough of them.

use std::path::Path;
use std::time::{Duration, Instant};

use amparo::text::Language;
use rustix::process::Signal;

use super::stream::{Act, MARKS, Stream};
use crate::bad_disk::BadDisk;
use crate::dice::Dice;
use crate::languages::{Once, in_one};
use crate::leaflets::{Leaflets, is_not_plain, stranger};
use crate::programs::amparo;
use crate::pty::{End, Mark, Pty};

/// How long the leaflet may take on a machine that is busy with everything else.
const SOON: Duration = Duration::from_secs(5);

/// So many streams, and the program is started anew.
const STREAMS: usize = 20;

/// Where the first stream of a run finds the program: its arguments, and the keys that lead there.
const PLACES: [(&[&str], &str); 18] = [
    (&[], ""),
    (&[], "?"),
    (&[], "3"),
    (&["--passphrase-file", "words"], "3 1"),
    (&[], "4 q u o r v i m"),
    (&["--passphrase-file", "words"], "4 <enter> <down>"),
    (&[], "1 90"),
    (&[], "1 90417 <enter> 90418 <enter> QZ-8"),
    (&[], "1 90417 <enter> 90418 <enter> QZ-88 <enter>"),
    (&[], "1 90417 <enter> 90418 <enter> QZ-88 <enter> n quorvimex <enter> n blitha"),
    (&[], "1 90417 <enter> 90418 <enter> QZ-88 <enter> 1 n quorvimex <enter> ?"),
    (&["resume", "--passphrase-file", "words"], "/ quorvi"),
    (&["resume", "--passphrase-file", "words"], "n blithazor <tab>"),
    (&["resume", "--passphrase-file", "words"], "<f2> 1"),
    (&["run", "--practice"], "1 g"),
    (&["run", "--practice"], "n quorvimex <enter> o"),
    (&["run", "--practice"], "w <pgdn>"),
    (&["run", "--practice"], "c"),
];

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many streams there were.
    pub streams: usize,
    /// What was wrong, with all that it takes to see it again.
    pub wrong: Vec<String>,
}

/// Runs a seed. `saved` is a folder with an open session in it, which is copied.
pub fn run(seed: u64, saved: &Path) -> Outcome {
    let mut dice = Dice::of(seed);
    let place = dice.one_of(&PLACES);
    let language = dice.one_of(&Language::ALL);
    in_one(language, Once::Drawn, || run_at(seed, dice, place, language, saved))
}

fn run_at(seed: u64, mut dice: Dice, place: (&[&str], &str), language: Language, saved: &Path) -> Outcome {
    let (args, keys) = place;
    let home = tempfile::tempdir().expect("a temporary folder");
    copy(saved, home.path());
    let disk = BadDisk::new();
    let start = amparo().args(args).home(home.path());
    let start = disk.as_ref().map_or_else(|| amparo().args(args).home(home.path()), |disk| disk.under(start));
    let early = dice.comes(30).then(|| dice.within(0, 40));
    let mut seat = Seat { pty: start.go(), disk, early: String::new(), pasting: false };
    let mut outcome = Outcome::default();
    let mut told = vec![format!("seed {seed}: amparo {args:?}, {language:?}, keys `{keys}`")];
    let done = first(&mut seat, early, args, keys).and_then(|()| {
        for number in 0..STREAMS {
            let stream = Stream::of(&mut dice);
            told.truncate(1);
            told.push(format!("stream {number}: {stream:?}"));
            outcome.streams += 1;
            if seat.goes_through(&stream)? == Then::Ended {
                break;
            }
        }
        Ok(())
    });
    if let Err(wrong) = done {
        outcome.wrong.push(format!("{}\n{wrong}\nThe screen:\n{}", told.join("\n"), seat.pty.framed()));
    }
    outcome
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&target).expect("a temporary folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a temporary file");
        }
    }
}

/// Esc before the first frame, perhaps; then the keys that lead to the place.
fn first(seat: &mut Seat, early: Option<u16>, args: &[&str], keys: &str) -> Result<(), String> {
    if let Some(after) = early {
        seat.pty.keep_frames();
        std::thread::sleep(Duration::from_millis(after.into()));
        // Before the terminal is raw, its own echo shows the key on the main screen, as it shows every key.
        "^[".clone_into(&mut seat.early);
        let stream = Stream { acts: Vec::new(), hide: b"\x1b".to_vec(), behind: Vec::new() };
        if seat.goes_through(&stream)? == Then::Ended {
            return Err("it ended before its first frame".to_owned());
        }
    } else {
        seat.until("the first frame", |pty| pty.picture().is_whole() && !pty.text().trim().is_empty())?;
    }
    if args.contains(&"--practice") {
        // On the start screen, which may stand there before, the same keys mean something else.
        seat.until("the first step", |pty| pty.text().contains('▸'))?;
    }
    seat.pty.keys(keys);
    Ok(())
}

/// Whether the program still runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Goes,
    Ended,
}

struct Seat {
    pty: Pty,
    disk: Option<BadDisk>,
    /// What the terminal itself may have echoed before the program took it.
    early: String,
    /// A paste may be without its end.
    pasting: bool,
}

impl Seat {
    fn until(&mut self, what: &str, is_so: impl Fn(&Pty) -> bool) -> Result<(), String> {
        let until = Instant::now() + SOON;
        loop {
            self.pty.look(Duration::ZERO);
            if is_so(&self.pty) {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(format!("{what} did not come"));
            }
            self.pty.look(Duration::from_millis(10));
        }
    }

    /// A stream, the key, the leaflet and nothing but the leaflet, and back.
    fn goes_through(&mut self, stream: &Stream) -> Result<Then, String> {
        self.pasting = false;
        for act in &stream.acts {
            self.act(act)?;
            if !self.pty.is_running() {
                return self.ended();
            }
        }
        self.pty.keep_frames();
        let (pressed, before) = (self.pty.mark(), self.pty.text());
        self.pty.send(&stream.hide);
        for act in &stream.behind {
            self.act(act)?;
        }
        let leaflets = Leaflets::at(self.pty.size());
        let is_leaflet = |pty: &Pty| leaflets.has(&pty.text());
        if self.until("the leaflet", |pty| is_leaflet(pty) && pty.picture().is_whole()).is_err() {
            if !self.pty.is_running() {
                return self.ended();
            }
            // The now-list covers too, and keys after it read in the leaflet.
            if !leaflets.has_read_in(&self.pty.text()) {
                return Err("the leaflet did not come".to_owned());
            }
        }
        if leaflets.has_read_in(&before) {
            // It stood there before the key was read, and what comes in one read with the key types nothing.
            self.pty.look_for(Duration::from_millis(60));
        }
        if self.last_key_is_taken(stream, &leaflets)? == Then::Ended {
            return self.ended();
        }
        if let Some(why) = is_not_plain(self.pty.picture()) {
            return Err(why);
        }
        let first = if leaflets.has(&before) {
            Some(pressed)
        } else {
            let frames = self.pty.frames();
            frames.iter().find(|frame| leaflets.has_read_in(&frame.text)).map(|frame| frame.from)
        };
        self.nothing_is_told(first)?;
        if let Some(disk) = &self.disk {
            disk.let_go();
        }
        self.come_back()
    }

    /// Asks the leaflet whether to close and says no: keys are taken in order, so all that was sent has been taken. Where
    /// a `q` and a `y` were in the stream and met the leaflet, it has ended.
    fn last_key_is_taken(&mut self, stream: &Stream, leaflets: &Leaflets) -> Result<Then, String> {
        if self.pasting {
            self.pty.send(b"\x1b[201~");
        }
        // The tail of a sequence that was cut is waited for so long.
        if ["[", "O", "[1;", "[20", "[<0;1", "[27"].iter().any(|cut| stream.hide.ends_with(cut.as_bytes())) {
            self.pty.look_for(Duration::from_millis(55));
        }
        let asks = |pty: &Pty| {
            let text = pty.text();
            let last = text.lines().last().unwrap_or_default();
            pty.picture().is_whole() && (last.contains("Close?") || last.contains("¿Cerrar?"))
        };
        if asks(&self.pty) {
            self.pty.send(b"n");
            self.until("the leaflet without its question", |pty| !asks(pty))?;
        }
        self.pty.send(b"q");
        if self.until("the leaflet's question", asks).is_err() {
            if !self.pty.is_running() {
                return Ok(Then::Ended);
            }
            // A `q` of the stream may have asked just before, behind a frame that was seen without it: then this one said
            // no. Or it came in one read with the danger key, and typed nothing. Not twice.
            self.pty.send(b"q");
            self.until("the leaflet's question", asks)?;
        }
        self.pty.send(b"n");
        self.until("the leaflet again", |pty| pty.picture().is_whole() && !asks(pty))?;
        let text = self.pty.text();
        if !leaflets.has(&text) && !leaflets.has_read_in(&text) {
            return Err("something stands above the leaflet".to_owned());
        }
        Ok(Then::Goes)
    }

    /// What was written since the leaflet's first byte, the title, the bell, the main screen with its scrollback.
    fn nothing_is_told(&mut self, first: Option<Mark>) -> Result<(), String> {
        let early = self.early.clone();
        if let Some(first) = first
            && let Some(word) = stranger(self.pty.bytes_after(first), &MARKS)
        {
            let written = self.pty.bytes_after(first);
            let written = String::from_utf8_lossy(&written[..written.len().min(6_000)]);
            return Err(format!("`{word}` was written after the leaflet's first byte: {written:?}"));
        }
        let picture = self.pty.picture();
        let main = picture.main_screen();
        if !["", &early].contains(&main.trim()) {
            return Err(format!("on the main screen or in its scrollback stands:\n{main}"));
        }
        let noticed = picture.noticed();
        if !noticed.titles.is_empty() || noticed.bells + noticed.clipboard > 0 {
            return Err(format!("{noticed:?}"));
        }
        Ok(())
    }

    fn come_back(&mut self) -> Result<Then, String> {
        let covered = self.pty.text();
        self.pty.send(b"\x12");
        self.until("what was before the leaflet", |pty| pty.picture().is_whole() && pty.text() != covered)?;
        Ok(Then::Goes)
    }

    /// It ended by itself: somebody said yes, or left from the start screen. What was typed after that is echoed by
    /// the terminal itself; what is left on the screen is looked at in `e2e_trouble`.
    fn ended(&mut self) -> Result<Then, String> {
        if let Some(disk) = &self.disk {
            disk.let_go();
        }
        let end = self.pty.wait_exit();
        if end != End::Code(0) {
            return Err(format!("it ended with {end:?}"));
        }
        if self.pty.picture().modes().alternate_screen() {
            return Err("it ended in the alternate screen".to_owned());
        }
        Ok(Then::Ended)
    }

    fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Bytes(bytes) => {
                if bytes.starts_with(b"\x1b[200~") {
                    self.pasting = !bytes.ends_with(b"\x1b[201~");
                }
                self.pty.send(bytes);
            }
            Act::Sizes(sizes) => sizes.iter().for_each(|size| self.pty.resize(size.cols, size.rows)),
            Act::Signal(signal) => self.pty.signal(*signal),
            Act::FromElsewhere(bytes) => self.pty.elsewhere_writes(bytes),
            Act::HoldDisk => self.disk.iter().for_each(BadDisk::hold),
            Act::LetDiskGo => self.disk.iter().for_each(BadDisk::let_go),
            Act::Wait(time) => drop(self.pty.look_for(*time)),
            Act::ThereAndBack(bytes) => return self.there_and_back(bytes),
        }
        Ok(())
    }

    /// Covered by something else than the key, and back; by a signal where no bytes are named.
    fn there_and_back(&mut self, bytes: &[u8]) -> Result<(), String> {
        // In a window in which the leaflet cannot be read nobody knows whether it is there.
        if self.pty.size().cols < 12 || self.pty.size().rows < 2 {
            return Ok(());
        }
        if self.pasting {
            self.pty.send(b"\x1b[201~");
            self.pasting = false;
        }
        if bytes.is_empty() {
            self.pty.signal(Signal::USR1);
        } else {
            self.pty.send(bytes);
        }
        let leaflets = Leaflets::at(self.pty.size());
        let is_covered = |pty: &Pty| pty.picture().is_whole() && leaflets.has_read_in(&pty.text());
        if self.until("the leaflet", is_covered).is_ok() {
            // After an Esc the tail of a sequence is swallowed for so long.
            self.pty.look_for(Duration::from_millis(55));
            self.pty.send(b"\x12");
            self.until("what was before", |pty| !is_covered(pty))?;
        }
        Ok(())
    }
}

/// A folder with an open session that has marks in it.
pub fn saved() -> tempfile::TempDir {
    in_one(Language::English, Once::Before, || {
        let home = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(home.path().join("settings.json"), r#"{"ask_pin":"off"}"#).expect("a file");
        let mut pty = amparo().home(home.path()).go();
        pty.wait_for_text("1  ");
        pty.keys("1 90417 <enter> 90418 <enter> QZ-88 <enter>");
        pty.wait_for("the first step", |picture| picture.text().contains('▸'));
        pty.keys("n quorvimex <enter>");
        pty.wait_for_text("Noted.");
        pty.look_for(Duration::from_millis(100));
        pty.signal(Signal::TERM);
        assert_eq!(pty.wait_exit(), End::Code(0));
        home
    })
}
