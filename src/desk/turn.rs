//! The loop: takes what comes, asks screens and machine, draws once. Never waits for a disk or an answer of the terminal.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::journal::{SessionName, Store};
use crate::machine::{Command, CoveredBy, Event, LeftFrom, SessionKind, State, apply, decide};
use crate::terminal::{
    Focus, HideKeys, Input, LastSight, OpenError, Options, Reader, Screen, Signal, Signals, wear_own_name,
};
use crate::text::{CaseCode, CoverId, Language, LanguageCode, StaffNumber};
use crate::ui::{CouldNot, Keeping, Left, ListedSession, Look, OnTheDesk, Screens, View, Wish};

use super::clock::Clock;
use super::disk::{Disk, Said};
use super::life::{Life, Sheet};
use super::settings::Settings;
use super::way_out::{self, Then};
use super::worker::{Found, ReadProtocol, Taken, look_through, shipped, take_up};

mod cover;
mod time;

/// What the program opens with.
#[derive(Debug)]
pub enum Begin {
    /// The start screen.
    Start,
    /// The form of a new session.
    Form,
    /// Practice, at its first step.
    Practice,
    /// A session that was taken up.
    Resume(Box<Taken>),
}

/// What somebody who sits down brings along.
#[derive(Debug)]
pub struct Seat {
    /// The folder with sessions and settings.
    pub home: PathBuf,
    /// The settings.
    pub settings: Settings,
    /// How it is to look.
    pub look: Look,
    /// The language of the program's sentences.
    pub language: Language,
    /// The language of the words to say; none: as the screen's.
    pub said: Option<LanguageCode>,
    /// The protocol, where it is not the built-in one.
    pub protocol: Option<ReadProtocol>,
    /// What to open with.
    pub begin: Begin,
    /// Other folders to save in, the best first, where the home fails.
    pub elsewhere: Vec<PathBuf>,
    /// Cells, or lines of text.
    pub shows: Shows,
    /// How saved sessions are told.
    pub pages: Pages,
}

/// How saved sessions are told: as the commands for scripts tell them, which this room does not know.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    /// A line a session, the latest first.
    pub list: fn(&Path, Language) -> Vec<ListedSession>,
    /// A session as lines.
    pub page: fn(&Path, &str, Language) -> Vec<String>,
}

/// How the screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// As cells, in frames.
    Cells,
    /// As lines of text, for screen readers.
    Lines,
}

/// Opens the screen and runs until somebody leaves.
///
/// # Errors
/// There is no terminal that can be drawn on.
pub fn sit(seat: Seat) -> Result<(), OpenError> {
    let (tell, told) = mpsc::channel();
    wear_own_name();
    leave_no_core();
    way_out::keep_memory_to_itself();
    if seat.protocol.is_none() {
        // Read while the terminal is set up and the first frame drawn.
        let tell = tell.clone();
        thread::spawn(move || tell.send(Told::Protocol(shipped())));
    }
    way_out::open_for_panics();
    let signals = Signals::catch().map_err(|source| OpenError::Io { source })?;
    let options = Options {
        clear_at_start: seat.settings.clears_at_start(),
        report_focus: seat.settings.focus_hides(),
    };
    let screen = Screen::open(options)?;
    let hide = HideKeys::new(seat.settings.hide_key());
    let inputs = tell.clone();
    let reader = Reader::start(signals, hide, move |input| {
        #[cfg(debug_assertions)]
        super::fault::in_input(&input);
        // Nobody listens only once the loop has ended.
        let _ = inputs.send(Told::Input(input));
    })
    .map_err(|source| OpenError::Io { source })?;
    let mut turn = Turn::new(seat, screen, tell);
    turn.run(&told);
    if let Staying::Out(then) = turn.staying {
        way_out::go(then);
    }
    drop(turn);
    drop(reader);
    Ok(())
}

/// A program that is stopped by a fault leaves no copy of its memory on the disk.
fn leave_no_core() {
    // Where the system refuses, it is as it was before.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// What the loop is told.
enum Told {
    Input(Input),
    Disk { session: u64, said: Said },
    Protocol(Option<ReadProtocol>),
    Found(Box<Found>),
    Taken(Result<Box<Taken>, CouldNot>),
    Listed(Vec<ListedSession>),
    Page(Vec<String>),
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Staying {
    Here,
    /// Somebody left from the start screen.
    Gone,
    /// The one way out.
    Out(Then),
}

/// What the first frame waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opens {
    /// Nothing.
    AtOnce,
    /// The protocol, whose leaflet is the cover that the program opens with.
    Covered,
}

struct Turn {
    clock: Clock,
    screen: Screen,
    tell: Sender<Told>,
    store: Store,
    elsewhere: Vec<PathBuf>,
    shows: Shows,
    pages: Pages,
    home: PathBuf,
    /// The lines that were printed last, where lines are shown.
    printed: Vec<String>,
    was_covered: bool,
    settings: Settings,
    cover: Option<CoverId>,
    look: Look,
    language: Language,
    shown: LanguageCode,
    said: LanguageCode,
    protocol: Option<ReadProtocol>,
    /// The protocol of new sessions, kept while another session's own is in use.
    of_new_sessions: Option<ReadProtocol>,
    /// None only while the screens themselves are asked.
    screens: Option<Screens>,
    state: State,
    disk: Option<Disk>,
    /// The disks of sessions that were left, each until all of it is written.
    parting: BTreeMap<u64, Disk>,
    /// Which session the disk's words are about: those of one that was left are not about this one.
    session: u64,
    keeping: Keeping,
    found: OnTheDesk,
    cases: BTreeMap<CaseCode, usize>,
    /// When the last key came, by the monotonic clock.
    last_key: u64,
    /// What was asked for before the protocol was read.
    once_read: Option<Wish>,
    opens: Opens,
    staying: Staying,
}

impl Turn {
    fn new(seat: Seat, screen: Screen, tell: Sender<Told>) -> Self {
        let Seat { home, settings, look, language, said, protocol, begin, elsewhere, shows, pages } = seat;
        let shown = language.code();
        let store = Store::at(&home);
        let mut turn = Self {
            clock: Clock::start(),
            screen,
            tell,
            store,
            elsewhere,
            shows,
            pages,
            home,
            printed: Vec::new(),
            was_covered: false,
            look,
            language,
            said: said.unwrap_or_else(|| shown.clone()),
            shown,
            of_new_sessions: protocol.clone(),
            protocol,
            screens: None,
            cover: settings.cover(),
            settings,
            state: State::default(),
            disk: None,
            parting: BTreeMap::new(),
            session: 0,
            keeping: Keeping::default(),
            found: OnTheDesk::default(),
            cases: BTreeMap::new(),
            last_key: 0,
            once_read: None,
            opens: Opens::AtOnce,
            staying: Staying::Here,
        };
        turn.screens = Some(Screens::new(&turn.view()));
        match begin {
            Begin::Start => {}
            Begin::Form => turn.ask(|screens, _| screens.show_form()),
            Begin::Practice if turn.protocol.is_some() => turn.practise(),
            Begin::Practice => turn.once_read = Some(Wish::Practise),
            Begin::Resume(taken) => turn.taken(*taken),
        }
        if turn.settings.starts_covered() {
            turn.ask(Screens::open_covered);
            turn.opens = if turn.protocol.is_none() { Opens::Covered } else { Opens::AtOnce };
        }
        turn
    }

    fn run(&mut self, told: &Receiver<Told>) {
        self.note_the_leaflet();
        // Who wants to practise at once wants its first step, not the start screen for a moment.
        if self.once_read.is_none() {
            self.draw();
            self.look_through();
        }
        while self.staying == Staying::Here {
            let first = match self.next_wake() {
                None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => told.recv_timeout(wait),
            };
            match first {
                Ok(first) => {
                    self.take(first);
                    while let (Staying::Here, Ok(next)) = (self.staying, told.try_recv()) {
                        self.take(next);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tick();
            self.draw();
        }
        let parting = std::mem::take(&mut self.parting).into_values();
        for disk in self.disk.take().into_iter().chain(parting) {
            disk.finish(self.elsewhere.clone());
        }
    }

    fn view(&self) -> View<'_> {
        View {
            protocol: self.protocol.as_ref().map(|read| &*read.protocol),
            state: &self.state,
            now: self.clock.now(),
            language: self.language,
            shown: &self.shown,
            said: &self.said,
            keeping: &self.keeping,
            desk: &self.found,
            look: self.look,
            cover: self.cover.as_ref(),
            size: self.screen.size(),
        }
    }

    /// Asks the screens something that needs them and a view of everything else.
    fn ask<T: Default>(&mut self, ask: impl FnOnce(&mut Screens, &View) -> T) -> T {
        let Some(mut screens) = self.screens.take() else { return T::default() };
        let answer = ask(&mut screens, &self.view());
        self.screens = Some(screens);
        answer
    }

    fn draw(&mut self) {
        if self.staying != Staying::Here || self.opens == Opens::Covered {
            return;
        }
        let drawn = match self.shows {
            Shows::Cells => self.draw_cells(),
            Shows::Lines => self.print_lines(),
        };
        self.note_the_leaflet();
        match drawn {
            // It took nothing for a while; the next frame is drawn whole.
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
            Err(_) => self.way_out(Then::Ends),
            Ok(()) => {}
        }
    }

    /// Notes how the leaflet would go on if a panic ended this life now.
    fn note_the_leaflet(&self) {
        let Some(screens) = &self.screens else { return };
        let leaflet = screens.leaflet();
        let sheet = Sheet {
            text: Some(leaflet.hand_over(&self.view())),
            mark: leaflet.bookmark(),
            width: self.look.leaflet_width,
            language: self.language,
            shows: self.shows,
        };
        let sight = if screens.is_covered() { LastSight::Stays } else { LastSight::Empty };
        way_out::note(way_out::Now { sight, life: Life::Leaflet(sheet) });
    }

    fn draw_cells(&mut self) -> io::Result<()> {
        let view = View {
            protocol: self.protocol.as_ref().map(|read| &*read.protocol),
            state: &self.state,
            now: self.clock.now(),
            language: self.language,
            shown: &self.shown,
            said: &self.said,
            keeping: &self.keeping,
            desk: &self.found,
            look: self.look,
            cover: self.cover.as_ref(),
            size: self.screen.size(),
        };
        let Some(screens) = &self.screens else { return Ok(()) };
        self.screen.draw(|frame| {
            let area = frame.area();
            if let Some(cursor) = screens.draw(&view, area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })
    }

    /// Prints the lines that changed. Under the cover, and when it is lifted, nothing of before stays in sight.
    fn print_lines(&mut self) -> io::Result<()> {
        let lines = self.screens.as_ref().map(|screens| screens.lines(&self.view())).unwrap_or_default();
        if lines == self.printed {
            return Ok(());
        }
        let fresh: Vec<String> = lines.iter().filter(|line| !self.printed.contains(line)).cloned().collect();
        let covered = self.is_covered();
        let turns = covered != self.was_covered;
        self.was_covered = covered;
        self.printed.clone_from(&lines);
        if turns {
            self.screen.clear()?;
            return self.screen.print(&lines);
        }
        self.screen.print(&fresh)
    }

    /// The cover is prepared anew where what it looks like has changed.
    fn prepare(&mut self) {
        self.ask(Screens::prepare);
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::Input(input) => self.input(input),
            Told::Disk { session, said } if session == self.session => self.disk_said(said),
            Told::Disk { session, said } => self.parting_said(session, said),
            Told::Protocol(read) => self.read(read),
            Told::Found(found) => {
                self.found =
                    OnTheDesk { could_not: self.found.could_not, left: self.found.left, ..found.desk };
                self.cases = found.cases;
                self.count_same_case();
            }
            Told::Taken(Ok(taken)) => self.taken(*taken),
            Told::Taken(Err(why)) => self.found.could_not = Some(why),
            Told::Listed(list) => self.ask(|screens, _| screens.has_sessions(list)),
            Told::Page(lines) => self.ask(|screens, _| screens.shows_session(lines)),
        }
    }

    fn input(&mut self, input: Input) {
        #[cfg(debug_assertions)]
        if super::fault::stays(&input) {
            return self.way_out(Then::Stays);
        }
        #[cfg(debug_assertions)]
        super::fault::elsewhere(&input, self.disk.as_ref());
        if matches!(input, Input::Hide | Input::Key(_) | Input::Paste { .. }) {
            self.last_key = self.clock.run();
        }
        let wishes = match input {
            Input::Hide => return self.hide(CoveredBy::Key),
            Input::Focus(Focus::Lost) if self.settings.focus_hides() => return self.hide(CoveredBy::Focus),
            Input::Signal(Signal::Hide) => return self.hide(CoveredBy::Signal),
            Input::Focus(_) => return,
            Input::Signal(Signal::Hang | Signal::Terminate) | Input::Gone => return self.way_out(Then::Ends),
            Input::Signal(Signal::Wake) => {
                if self.screen.again().is_err() {
                    self.way_out(Then::Ends);
                }
                return;
            }
            Input::Resize { cols, rows } => {
                if self.screen.resized(cols, rows).is_err() {
                    self.way_out(Then::Ends);
                }
                return self.prepare();
            }
            Input::Paste { text, .. } => {
                self.ask(|screens, view| screens.paste(&text, view));
                return;
            }
            Input::Key(key) => self.ask(|screens, view| screens.press(key, view)),
        };
        self.fulfil(wishes);
    }

    /// Draws the cover before anything else is done.
    fn hide(&mut self, by: CoveredBy) {
        let wishes = self.ask(|screens, view| screens.hide(by, view));
        self.draw();
        self.fulfil(wishes);
    }

    fn fulfil(&mut self, wishes: Vec<Wish>) {
        for wish in wishes {
            self.grant(wish);
        }
    }

    fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Do(command) => self.command(&command),
            Wish::Begin { staff, case } => self.begin(staff, case),
            Wish::Practise => self.practise(),
            Wish::Resume(name) => self.resume(&name),
            Wish::Review => self.list_sessions(),
            Wish::ReviewSession(name) => self.read_session(name),
            Wish::Covered(by) => self.in_session(&Command::Cover { by }),
            Wish::Uncovered(how) => self.under_the_cover(&Command::Uncover { how }),
            Wish::PageOpened(place) => self.page_opened(place),
            Wish::LeaveSession => self.leave(LeftFrom::Checklist),
            Wish::LeaveCovered => self.way_out(Then::Ends),
            Wish::Quit => self.staying = Staying::Gone,
            Wish::NextLanguage => self.next_language(),
            Wish::NextSaid => self.next_said(),
            Wish::SaveElsewhere => self.save_elsewhere(),
        }
    }

    /// What is recorded only where there is a session: the cover comes on every screen.
    fn in_session(&mut self, command: &Command) {
        if self.state.is_begun() && !self.state.record.closed {
            self.command(command);
        }
    }

    /// What is recorded only under a cover that was: the one that the program opens with hides nothing from anybody.
    fn under_the_cover(&mut self, command: &Command) {
        if self.state.record.covered.is_some() {
            self.in_session(command);
        }
    }

    fn page_opened(&mut self, place: usize) {
        let Some(read) = &self.protocol else { return };
        let covers = &read.protocol.covers;
        let cover = covers.iter().find(|cover| Some(&cover.id) == self.cover.as_ref()).or(covers.first());
        if let Some(topic) = cover.and_then(|cover| cover.topics.get(place)) {
            let topic = topic.id.clone();
            self.under_the_cover(&Command::OpenPage { topic });
        }
    }

    fn command(&mut self, command: &Command) {
        let Some(read) = self.protocol.clone() else { return };
        match decide(&read.protocol, &self.state, command, self.clock.now()) {
            Ok(event) => self.happened(&event),
            Err(refusal) => self.ask(|screens, view| screens.refused(&refusal, view)),
        }
    }

    fn happened(&mut self, event: &Event) {
        apply(&mut self.state, event);
        if let Some(disk) = &self.disk {
            disk.append(event.clone());
        } else {
            self.keeping.saved = self.state.record.events;
        }
        self.ask(|screens, view| screens.after(event, view));
        self.covered_before(event);
        if self.state.record.closed {
            self.count_same_case();
        }
    }

    fn begin(&mut self, staff: Vec<StaffNumber>, case: CaseCode) {
        let Some(read) = self.of_new_sessions.clone().or_else(|| self.protocol.clone()) else {
            self.once_read = Some(Wish::Begin { staff, case });
            return;
        };
        let (store, source) = (self.store.clone(), (*read.source).clone());
        self.protocol = Some(read);
        self.new_session();
        self.disk = Some(Disk::begin(store, source, self.disk_tells()));
        self.ask(Screens::show_checklist);
        self.command(&Command::Begin { staff, case, kind: SessionKind::Real });
        self.count_same_case();
    }

    fn practise(&mut self) {
        let Some(read) = self.of_new_sessions.clone().or_else(|| self.protocol.clone()) else {
            self.once_read = Some(Wish::Practise);
            return;
        };
        self.protocol = Some(read);
        self.new_session();
        self.keeping.nothing_is_kept = true;
        self.ask(Screens::show_checklist);
        let staff = ["P-1", "P-2"].iter().filter_map(|number| StaffNumber::new(number).ok()).collect();
        if let Ok(case) = CaseCode::new("TRY-1") {
            self.command(&Command::Begin { staff, case, kind: SessionKind::Practice });
        }
    }

    /// Everything about the session before is forgotten.
    fn new_session(&mut self) {
        self.part();
        self.session += 1;
        self.state = State::default();
        self.keeping = Keeping::default();
        self.found.same_case = None;
        self.found.could_not = None;
    }

    /// The disk goes on with a session that is left; nobody waits for it.
    fn part(&mut self) {
        if let Some(disk) = self.disk.take() {
            disk.part();
            self.parting.insert(self.session, disk);
        }
    }

    /// What the disk says of a session that was left. Its thread ends with its last word.
    fn parting_said(&mut self, session: u64, said: Said) {
        match said {
            Said::Over => {
                self.parting.remove(&session);
                self.look_through();
            }
            Said::Moved(place) => self.keeping.moved_to = Some(place.display().to_string()),
            Said::Saved(_) | Said::NotSaved { .. } => {}
        }
        self.found.left = if self.parting.is_empty() { Left::Saved } else { Left::NotYet };
    }

    fn disk_tells(&self) -> impl Fn(Said) + Send + 'static {
        let (tell, session) = (self.tell.clone(), self.session);
        move |said| {
            let _ = tell.send(Told::Disk { session, said });
        }
    }

    fn disk_said(&mut self, said: Said) {
        match said {
            Said::Saved(saved) => {
                self.keeping.saved = saved;
                self.keeping.trouble = None;
            }
            Said::Moved(place) => self.keeping.moved_to = Some(place.display().to_string()),
            Said::Over => {}
            Said::NotSaved { saved, trouble } => {
                self.keeping.saved = saved;
                self.keeping.trouble = Some(trouble);
            }
        }
    }

    fn read(&mut self, read: Option<ReadProtocol>) {
        if self.protocol.is_none() {
            self.protocol.clone_from(&read);
        }
        self.of_new_sessions = read;
        self.prepare();
        if std::mem::replace(&mut self.opens, Opens::AtOnce) == Opens::Covered && self.is_covered() {
            self.ask(Screens::open_covered);
        }
        if let Some(wish) = self.once_read.take() {
            self.grant(wish);
            self.draw();
            self.look_through();
        }
    }

    fn resume(&mut self, name: &str) {
        let Some(name) = SessionName::new(name) else { return };
        let (store, tell) = (self.store.clone(), self.tell.clone());
        thread::spawn(move || {
            let taken = take_up(&store, &name).map(Box::new).map_err(|error| CouldNot::of(&error));
            let _ = tell.send(Told::Taken(taken));
        });
    }

    fn list_sessions(&self) {
        let (pages, home, language) = (self.pages, self.home.clone(), self.language);
        let tell = self.tell.clone();
        thread::spawn(move || tell.send(Told::Listed((pages.list)(&home, language))));
    }

    fn read_session(&self, name: String) {
        let (pages, home, language) = (self.pages, self.home.clone(), self.language);
        let tell = self.tell.clone();
        thread::spawn(move || tell.send(Told::Page((pages.page)(&home, &name, language))));
    }

    fn taken(&mut self, taken: Taken) {
        let Taken { protocol, state, dropped, writer } = taken;
        self.new_session();
        self.protocol = Some(protocol);
        self.keeping.saved = writer.saved();
        self.state = state;
        self.disk = Some(Disk::go_on(writer, self.disk_tells()));
        self.command(&Command::Resume { dropped });
        self.ask(Screens::show_checklist);
        self.count_same_case();
    }

    fn leave(&mut self, from: LeftFrom) {
        self.in_session(&Command::Leave { from });
        let moved_to = self.keeping.moved_to.take();
        self.new_session();
        self.keeping.moved_to = moved_to;
        self.protocol.clone_from(&self.of_new_sessions);
        self.ask(|screens, _| screens.show_start());
        self.prepare();
        self.look_through();
    }

    /// Makes the session safe, and then there is the leaflet with nothing behind it, or nothing: under the cover `q` `y`
    /// asks for it, the system where it ends the program or the terminal is no more, and PINs.
    fn way_out(&mut self, then: Then) {
        if self.staying != Staying::Here {
            return;
        }
        let from = if self.state.record.covered.is_some() { LeftFrom::Cover } else { LeftFrom::Checklist };
        self.in_session(&Command::Leave { from });
        self.staying = Staying::Out(then);
    }

    fn look_through(&self) {
        let (store, tell, now) = (self.store.clone(), self.tell.clone(), self.clock.now());
        thread::spawn(move || tell.send(Told::Found(Box::new(look_through(&store, now)))));
    }

    /// How often the case code of this session stands in the others. Those of this machine were counted at the start.
    fn count_same_case(&mut self) {
        self.found.same_case =
            self.state.record.case.as_ref().map(|case| self.cases.get(case).copied().unwrap_or_default());
    }

    fn next_language(&mut self) {
        let all = Language::ALL;
        let here = all.iter().position(|language| *language == self.language).unwrap_or_default();
        self.language = all.get((here + 1) % all.len()).copied().unwrap_or_default();
        self.shown = self.language.code();
        self.prepare();
    }

    fn next_said(&mut self) {
        let Some(read) = &self.protocol else { return };
        let all: Vec<LanguageCode> = std::iter::once(read.protocol.language.clone())
            .chain(read.protocol.translations.iter().cloned())
            .collect();
        let here = all.iter().position(|language| *language == self.said);
        let next = here.map_or(0, |here| (here + 1) % all.len().max(1));
        if let Some(language) = all.get(next) {
            self.said = language.clone();
        }
    }

    fn save_elsewhere(&mut self) {
        for disk in self.disk.iter().chain(self.parting.values()) {
            disk.save_elsewhere(self.elsewhere.clone());
        }
    }

    fn is_covered(&self) -> bool {
        self.screens.as_ref().is_some_and(Screens::is_covered)
    }
}
