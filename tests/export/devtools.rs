//! A real browser without a window, spoken with through two pipes: nothing listens on a port.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// The browser, with one page.
pub struct Browser {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    last: u64,
    session: String,
    /// What the browser told without being asked.
    pub told: Vec<Value>,
    folder: tempfile::TempDir,
}

/// The first of these programs that there is.
fn program() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let all: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let places = ["chromium", "chromium-browser", "google-chrome"]
        .map(|name| all.iter().map(|folder| folder.join(name)).find(|path| path.is_file()));
    places.into_iter().flatten().next()
}

impl Browser {
    /// Starts it; none where there is none.
    pub fn start() -> Option<Self> {
        let program = program()?;
        let folder = tempfile::tempdir().unwrap();
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-breakpad",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--remote-debugging-pipe",
        ];
        // The browser reads from 3 and writes to 4.
        let script = "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";
        let mut child = Command::new("sh")
            .args(["-c", script, "sh"])
            .arg(program)
            .args(flags)
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .env("XDG_CACHE_HOME", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut browser = Self { child, to, from, last: 0, session: String::new(), told: Vec::new(), folder };
        let target = browser.asks("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.asks("Target.attachToTarget", &attach);
        session["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page", "Log", "Network", "Runtime"] {
            browser.asks(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Asks for something, and waits for the answer.
    #[track_caller]
    pub fn asks(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let heard = self.hears();
            if heard["id"] == self.last {
                assert!(heard.get("error").is_none(), "{method}: {heard}");
                return heard["result"].clone();
            }
            self.told.push(heard);
        }
    }

    fn hears(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).unwrap();
        assert_eq!(bytes.pop(), Some(0), "the browser ended");
        serde_json::from_slice(&bytes).unwrap()
    }

    /// Opens a page from a file, and waits until it is there.
    pub fn opens(&mut self, name: &str, page: &str) {
        self.told.clear();
        let path = self.folder.path().join(format!("{name}.html"));
        fs::write(&path, page).unwrap();
        self.asks("Page.navigate", &json!({ "url": format!("file://{}", path.display()) }));
        while !self.told.iter().any(|told| told["method"] == "Page.loadEventFired") {
            let heard = self.hears();
            self.told.push(heard);
        }
    }

    /// Shows it at a width, light or dark, on a screen or as on paper.
    pub fn shows(&mut self, width: u32, scheme: &str, media: &str) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.asks("Emulation.setDeviceMetricsOverride", &metrics);
        let features = [json!({ "name": "prefers-color-scheme", "value": scheme })];
        self.asks("Emulation.setEmulatedMedia", &json!({ "media": media, "features": features }));
    }

    /// The value of a script that the test runs, as if a person typed it into the browser's own console.
    #[track_caller]
    pub fn finds(&mut self, script: &str) -> Value {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let found = self.asks("Runtime.evaluate", &params);
        assert!(found.get("exceptionDetails").is_none(), "{found}");
        found["result"]["value"].clone()
    }

    /// How many sheets it is printed on.
    pub fn sheets(&mut self) -> usize {
        let params = json!({ "printBackground": false, "preferCSSPageSize": true });
        let pdf = self.asks("Page.printToPDF", &params);
        let pdf = decoded(pdf["data"].as_str().unwrap());
        let text = String::from_utf8_lossy(&pdf);
        let is_page = |part: &&str| !part.starts_with('s');
        text.split("/Type /Page").skip(1).filter(is_page).count()
    }

    /// A picture of the whole page, where somebody wants to look at it.
    pub fn pictures(&mut self, folder: &Path, name: &str) {
        let high = self.finds("document.documentElement.scrollHeight");
        let wide = self.finds("innerWidth");
        let clip = json!({ "x": 0, "y": 0, "width": wide, "height": high, "scale": 1 });
        let params = json!({ "captureBeyondViewport": true, "clip": clip });
        let picture = self.asks("Page.captureScreenshot", &params);
        fs::write(folder.join(format!("{name}.png")), decoded(picture["data"].as_str().unwrap())).unwrap();
    }
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let message = json!({ "id": 0, "method": "Browser.close" });
        let _ = self.to.write_all(format!("{message}\0").as_bytes());
        // It closes its end when it has ended.
        let mut rest = Vec::new();
        while matches!(self.from.read_until(0, &mut rest), Ok(read) if read > 0) {
            rest.clear();
        }
        let _ = self.child.wait();
    }
}
