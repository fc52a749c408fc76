//! The loop: takes what comes, asks screens and machine, draws once. Never waits for a disk or an answer of the terminal.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SendError, Sender};
use std::thread;

use crate::journal::{Ledger, SessionName, Store};
use crate::machine::{Command, CoveredBy, Event, LeftFrom, SessionKind, State, apply, decide};
use crate::review::awaits;
use crate::seal::{Opens as PinOpens, PinLock};
use crate::terminal::{
    Bell, Focus, HideKeys, Input, LastSight, OpenError, Options, Reader, Screen, Signal, Signals, Writes,
    restore,
};
use crate::text::{CaseCode, CoverId, Language, LanguageCode, StaffNumber};
use crate::ui::{CouldNot, Goal, Keeping, Look, NotDone, OnTheDesk, ReviewTold, Screens, View, Wish};

use self::keys::{KeysTold, Made};
use self::lines::Prints;
use super::clock::Clock;
use super::disk::{Disk, Said};
use super::life::Life;
use super::new_file::leave_no_half;
use super::pin::{Looks, PinError};
use super::settings::Settings;
use super::way_out::{self, Then};
use super::worker::{AtHand, Found, ReadProtocol, Taken, shipped};

mod answering;
mod coming_back;
mod cover;
mod keeping;
mod keys;
mod languages;
mod lines;
mod review;
mod saved;
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
    /// The passphrase, on the way to something.
    Unlock(Goal),
    /// The review, with a key that is unlocked; a session of it.
    Review(Option<SessionName>),
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
    /// What others could have changed of the home until now.
    pub exposed: Vec<PathBuf>,
    /// The keys that are at hand.
    pub keys: AtHand,
    /// What is kept of the PIN of this machine, where there is one.
    pub pin: Option<PinLock>,
    /// Cells, or lines of text.
    pub shows: Shows,
}

impl Seat {
    /// Whether the first frame is of the protocol: its first step, its leaflet, or one behind which a key may show a
    /// leaflet that the settings name and only the protocol has.
    fn begins_with_the_protocol(&self) -> bool {
        let named = self.settings.cover().is_some();
        matches!(self.begin, Begin::Practice) || self.settings.starts_covered() || named
    }
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
pub fn sit(mut seat: Seat) -> Result<(), OpenError> {
    way_out::open_for_panics();
    let signals = Signals::catch().map_err(|source| OpenError::Io { source })?;
    let options = Options {
        clear_at_start: seat.settings.clears_at_start(),
        report_focus: seat.settings.focus_hides(),
    };
    let screen = Screen::open(options)?;
    if seat.protocol.is_none() && seat.begins_with_the_protocol() {
        // Here and not in a thread, whose memory would grow a page at a time, each with a call to the system.
        seat.protocol = shipped();
    }
    let hide = HideKeys::new(seat.settings.hide_key());
    let mut reader = Reader::new(signals, hide);
    let (tell, told) = Tell::pair(reader.bell().map_err(|source| OpenError::Io { source })?);
    let mut turn = Turn::new(seat, screen, tell);
    turn.run(&mut reader, &told);
    let out = match turn.staying {
        Staying::Out(then) => Some(way_out::begin(then)),
        Staying::Here | Staying::Gone => {
            restore();
            None
        }
    };
    leave_no_half();
    turn.finish_writing();
    if let Some(out) = out {
        way_out::go(out);
    }
    Ok(())
}

/// After so many milliseconds a frame is drawn again that a stalled terminal did not take.
const AGAIN_AFTER: u64 = 100;

/// Tells the loop something, from any thread, and wakes it.
#[derive(Clone)]
struct Tell {
    channel: Sender<Told>,
    bell: Bell,
}

impl Tell {
    fn pair(bell: Bell) -> (Self, Receiver<Told>) {
        let (channel, told) = mpsc::channel();
        (Self { channel, bell }, told)
    }

    /// Fails only once the loop has ended, when nobody listens any more.
    fn send(&self, told: Told) -> Result<(), SendError<Told>> {
        self.channel.send(told)?;
        self.bell.ring();
        Ok(())
    }
}

/// What the loop is told by other threads.
enum Told {
    Disk {
        session: u64,
        said: Said,
    },
    Protocol(Option<ReadProtocol>),
    Found(Box<Found>),
    Taken(Result<Box<Taken>, CouldNot>),
    /// A worker's answer to a remark is on disk, or why it is not.
    Answered(Result<(), NotDone>),
    /// What is for the review of this number.
    Review {
        number: u64,
        told: Box<ReviewTold>,
    },
    Keys(KeysTold),
    /// A PIN that was typed under the cover of this number was looked at.
    Pin {
        cover: u64,
        opens: PinOpens,
    },
    PinSet(Result<PinLock, PinError>),
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

struct Turn {
    clock: Clock,
    screen: Screen,
    tell: Tell,
    store: Store,
    elsewhere: Vec<PathBuf>,
    shows: Shows,
    home: PathBuf,
    /// The lines that were printed last, where lines are shown.
    printed: Vec<String>,
    was_covered: bool,
    /// Whether they are all that stands on the terminal.
    prints: Prints,
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
    keys: AtHand,
    /// Keys that wait for their recovery sheet to be written down.
    made: Option<Made>,
    /// What this machine has noted of its sessions.
    ledger: Ledger,
    /// The session that was taken up, where this is one.
    resumed: Option<SessionName>,
    /// When the last key came, in the time of this run.
    last_key: u64,
    /// How long the machine is known to have slept in this run.
    slept: u64,
    /// What was asked for before the protocol was read.
    once_read: Option<Wish>,
    /// The review that is open.
    review: review::Open,
    /// Looks at PINs, where there is one.
    pins: Option<Looks>,
    /// How many covers there were.
    covers: u64,
    /// When a frame is tried again that the terminal did not take, in the time of this run.
    owed: Option<u64>,
    staying: Staying,
}

/// What the screens are drawn from. Not a function, since it borrows only these fields: the screen is drawn on meanwhile.
macro_rules! view_of {
    ($turn:expr) => {
        View {
            protocol: $turn.protocol.as_ref().map(|read| &*read.protocol),
            state: &$turn.state,
            now: $turn.clock.now(),
            language: $turn.language,
            shown: &$turn.shown,
            said: &$turn.said,
            keeping: &$turn.keeping,
            desk: &$turn.found,
            look: $turn.look,
            cover: $turn.cover.as_ref(),
            size: $turn.screen.size(),
        }
    };
}

impl Turn {
    fn new(seat: Seat, screen: Screen, tell: Tell) -> Self {
        let Seat {
            home,
            settings,
            look,
            language,
            said,
            protocol,
            begin,
            elsewhere,
            exposed,
            keys,
            pin,
            shows,
        } = seat;
        let shown = language.code();
        let store = Store::at(&home);
        let mut turn = Self {
            clock: Clock::start(),
            screen,
            tell,
            store,
            elsewhere,
            shows,
            home,
            printed: Vec::new(),
            was_covered: false,
            prints: Prints::More,
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
            found: OnTheDesk { keys: keys.can_do(), exposed, ..OnTheDesk::default() },
            keys,
            made: None,
            ledger: Ledger::default(),
            resumed: None,
            last_key: 0,
            slept: 0,
            once_read: None,
            review: review::Open::default(),
            pins: None,
            covers: 0,
            owed: None,
            staying: Staying::Here,
        };
        turn.screens = Some(Screens::new(&turn.view()));
        turn.has_pin(pin);
        match begin {
            Begin::Start => {}
            Begin::Form => turn.ask(Screens::show_form),
            Begin::Practice => turn.practise(),
            Begin::Review(session) => {
                let wishes = turn.ask(|screens, _| screens.show_review(session));
                turn.fulfil(wishes);
            }
            Begin::Unlock(goal) => turn.ask(|screens, _| screens.show_unlocking(goal)),
            Begin::Resume(taken) => turn.taken(*taken),
        }
        if turn.settings.starts_covered() {
            turn.ask(Screens::open_covered);
        }
        turn
    }

    fn run(&mut self, reader: &mut Reader, told: &Receiver<Told>) {
        self.note_the_leaflet();
        self.draw();
        // Behind the first frame, which needs nothing of it, and so is not kept waiting.
        if self.of_new_sessions.is_none() {
            let tell = self.tell.clone();
            thread::spawn(move || tell.send(Told::Protocol(shipped())));
        }
        self.look_through();
        reader.catch_unnamed();
        while self.staying == Staying::Here {
            let inputs = reader.wait(self.next_wake());
            self.wakes();
            for input in inputs {
                if self.staying == Staying::Here {
                    self.input(input);
                }
            }
            while let (Staying::Here, Ok(told)) = (self.staying, told.try_recv()) {
                self.take(told);
            }
            self.tick();
            self.draw();
        }
    }

    /// Waits until what was issued is written, as long as a person can wait who has to leave. Nothing is in sight by then.
    fn finish_writing(&mut self) {
        let parting = std::mem::take(&mut self.parting).into_values();
        Disk::finish_all(self.disk.take().into_iter().chain(parting), &self.elsewhere);
    }

    fn view(&self) -> View<'_> {
        view_of!(self)
    }

    /// Asks the screens something that needs them and a view of everything else.
    fn ask<T: Default>(&mut self, ask: impl FnOnce(&mut Screens, &View) -> T) -> T {
        let Some(mut screens) = self.screens.take() else { return T::default() };
        let answer = ask(&mut screens, &self.view());
        self.screens = Some(screens);
        answer
    }

    fn draw(&mut self) {
        if self.staying != Staying::Here {
            return;
        }
        let drawn = match self.shows {
            Shows::Cells => self.draw_cells(),
            Shows::Lines => self.print_lines(),
        };
        self.note_the_leaflet();
        self.owed = None;
        match drawn {
            // It took nothing for a while; the next frame is drawn whole, and soon: it may be the cover.
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                self.owed = Some(self.clock.run() + AGAIN_AFTER);
            }
            Err(_) => self.way_out(Then::Ends),
            Ok(()) => {}
        }
    }

    /// Notes how the leaflet would go on if a panic ended this life now.
    fn note_the_leaflet(&self) {
        let Some(screens) = &self.screens else { return };
        let sight = if screens.is_covered() { LastSight::Stays } else { LastSight::Empty };
        way_out::note(way_out::Now { sight, life: Life::Leaflet(self.sheet()) });
    }

    fn draw_cells(&mut self) -> io::Result<()> {
        let view = view_of!(self);
        let Some(screens) = &self.screens else { return Ok(()) };
        let writes = if screens.is_covered() { Writes::Everything } else { Writes::Changes };
        self.screen.draw(writes, |area, buffer| screens.draw(&view, area, buffer))
    }

    /// The cover is prepared anew where what it looks like has changed.
    fn prepare(&mut self) {
        self.ask(Screens::prepare);
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::Disk { session, said } if session == self.session => self.disk_said(said),
            Told::Disk { session, said } => self.parting_said(session, said),
            Told::Protocol(read) => self.read(read),
            Told::Found(found) => {
                let OnTheDesk { exposed, could_not, keys, left, late_head, .. } =
                    std::mem::take(&mut self.found);
                self.found = OnTheDesk { exposed, could_not, keys, left, late_head, ..found.desk };
                self.ledger = found.ledger;
                if self.disk.is_none() && found.homecoming.came > 0 && found.homecoming.is_done() {
                    self.keeping.moved_to = None;
                }
                self.count_same_case();
                let wishes = self.ask(Screens::found);
                self.fulfil(wishes);
            }
            Told::Taken(Ok(taken)) => self.taken(*taken),
            Told::Taken(Err(why)) => self.found.could_not = Some(why),
            Told::Answered(kept) => {
                self.ask(|screens, _| screens.answer_kept(kept));
                self.look_through();
            }
            Told::Review { number, told } => self.review_told(number, *told),
            Told::Pin { cover, opens } => self.pin_opens(cover, opens),
            Told::PinSet(set) => self.pin_set(set),
            Told::Keys(told) => self.keys_told(told),
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
                self.screen.resized(cols, rows);
                return self.prepare();
            }
            Input::Paste { text, dropped } => {
                self.ask(|screens, view| screens.paste(&text, dropped, view));
                return;
            }
            Input::Key(key) => self.ask(|screens, view| screens.press(key, view)),
        };
        self.fulfil(wishes);
    }

    /// Draws the cover before anything else is done.
    fn hide(&mut self, by: CoveredBy) {
        let wishes = self.ask(|screens, view| screens.hide(by, view));
        // Whatever another program wrote onto the terminal meanwhile, nothing of before may stand beside the leaflet.
        match self.shows {
            Shows::Cells => self.screen.distrust(),
            Shows::Lines => self.prints = Prints::Anew,
        }
        self.draw();
        self.hand_on_no_more();
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
            Wish::Unlock(passphrase) => self.unlock(passphrase),
            Wish::ReadKey(path) => self.read_key(path),
            Wish::MakeKeys(wanted) => self.make_keys(wanted),
            Wish::KeepKeys => self.keep_keys(),
            Wish::Resume(name) => self.resume(&name),
            Wish::Review => self.open_review(),
            Wish::Answer(answer) => self.answer(answer),
            Wish::OfReview(wish) => self.of_review(wish),
            Wish::Covered(by) => {
                self.covers += 1;
                self.in_session(&Command::Cover { by });
            }
            Wish::TryPin(pin) => self.try_pin(pin),
            Wish::OnlyLeaflet(opens) => self.only_leaflet(opens),
            Wish::SetPin(pin) => self.set_pin(pin),
            Wish::WithoutPin => self.without_pin(),
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
            let awaits = self.protocol.as_ref().map(|read| awaits(&read.protocol, &self.state));
            disk.append(event.clone(), awaits.unwrap_or_default());
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
        let Some(recipients) = self.keys.recipients.clone() else {
            // What nobody could ever read is not asked of anybody.
            self.found.could_not = Some(CouldNot::NoKey);
            return self.ask(|screens, _| screens.show_start());
        };
        let (store, source) = (self.store.clone(), (*read.source).clone());
        self.protocol = Some(read);
        self.new_session();
        self.lock();
        self.disk = Some(Disk::begin(store, source, recipients, self.disk_tells()));
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
        self.resumed = None;
        self.state = State::default();
        self.keeping = Keeping::default();
        self.found.same_case = None;
        self.found.could_not = None;
        self.found.late_head = None;
    }

    fn read(&mut self, read: Option<ReadProtocol>) {
        if self.protocol.is_none() {
            self.protocol.clone_from(&read);
        }
        self.of_new_sessions = read;
        self.prepare();
        if let Some(wish) = self.once_read.take() {
            self.grant(wish);
            self.draw();
            self.look_through();
        }
    }

    fn taken(&mut self, taken: Taken) {
        let Taken { protocol, state, dropped, writer } = taken;
        self.new_session();
        self.lock();
        self.protocol = Some(protocol);
        self.keeping.saved = writer.saved();
        self.resumed = Some(*writer.name());
        self.state = state;
        self.disk = Some(Disk::go_on(writer, self.disk_tells()));
        self.command(&Command::Resume { dropped });
        self.ask(Screens::show_checklist);
        self.count_same_case();
    }

    fn leave(&mut self, from: LeftFrom) {
        self.lock();
        self.in_session(&Command::Leave { from });
        let (moved_to, written_anew) = (self.keeping.moved_to.take(), self.keeping.written_anew);
        self.new_session();
        (self.keeping.moved_to, self.keeping.written_anew) = (moved_to, written_anew);
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
        self.lock();
        let from = if self.state.record.covered.is_some() { LeftFrom::Cover } else { LeftFrom::Checklist };
        self.in_session(&Command::Leave { from });
        self.staying = Staying::Out(then);
    }

    fn is_covered(&self) -> bool {
        self.screens.as_ref().is_some_and(Screens::is_covered)
    }
}
