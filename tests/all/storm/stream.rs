//! A random stream: what comes to the terminal, and the key at its end. Knows no program.

use std::fmt;
use std::time::Duration;

use rustix::process::Signal;

use crate::dice::Dice;
use crate::picture::Cells;

/// What must be found nowhere: it is typed, pasted, and stands in answers and notes.
pub const MARKS: [&str; 5] = ["quorvimex", "blithazor", "90417", "90418", "QZ-88"];

/// Something that happens to the program.
#[derive(Clone)]
pub enum Act {
    /// Bytes arrive in one write.
    Bytes(Vec<u8>),
    /// The window takes these sizes, one at once after the other.
    Sizes(Vec<Cells>),
    /// A signal.
    Signal(Signal),
    /// Another program writes onto the terminal.
    FromElsewhere(Vec<u8>),
    /// The disk answers nothing.
    HoldDisk,
    /// The disk answers again.
    LetDiskGo,
    /// Nothing, for so long.
    Wait(Duration),
    /// Something that covers, and she comes back.
    ThereAndBack(Vec<u8>),
}

/// A stream: what comes, then what hides.
#[derive(Debug, Clone)]
pub struct Stream {
    /// What comes before.
    pub acts: Vec<Act>,
    /// The write with the key in it.
    pub hide: Vec<u8>,
    /// What comes at once behind it, and must change nothing.
    pub behind: Vec<Act>,
}

const KEYS: [&[u8]; 62] = [
    b"0",
    b"1",
    b"2",
    b"3",
    b"4",
    b"5",
    b"6",
    b"7",
    b"8",
    b"9",
    b"1",
    b"1",
    b"a",
    b"b",
    b"c",
    b"d",
    b"e",
    b"g",
    b"h",
    b"l",
    b"n",
    b"n",
    b"o",
    b"q",
    b"s",
    b"w",
    b"x",
    b"y",
    b"z",
    b"/",
    b"?",
    b" ",
    b" ",
    b".",
    b"\r",
    b"\r",
    b"\r",
    b"\t",
    b"\x7f",
    b"\x7f",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[C",
    b"\x1b[D",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x1b[H",
    b"\x1b[F",
    b"\x1bOP",
    b"\x1bOQ",
    b"\x1bOR",
    b"\x1bOS",
    b"\x1b[15~",
    b"\x1b[18~",
    b"\x1b[20~",
    b"\x1b[24~",
    b"\x1b[Z",
    b"\x1b[3~",
    b"quorvimex ",
    b"blithazor",
    b"\xc3\xb1",
    b"90417",
];

/// What a terminal or a cat on the keyboard may send that means nothing, and hides nothing.
const NOTHING: [&[u8]; 8] =
    [b"\x00", b"\xff\xfe", b"\xc3", b"\x01\x02\x05", b"\x1b[?1;2c", b"\x1b[1;1R", b"\x1b[I", b"\x1b[M !!"];

/// What another program may write onto the same terminal: words are short, since none of the leaflet's may be missing.
const ELSEWHERE: [&[u8]; 4] =
    [b"\r\nok\r\n", b"\n", b"\x1b[3;5Hok\x1b[K", b"ok ok ok ok ok ok ok ok ok ok ok ok ok\r\n\r\n"];

/// What hides besides Esc.
const HIDES: [&[u8]; 7] =
    [b"\x1b[O", b"\x03", b"\x1a", b"\x1b[27u", b"\x1b[27;1;27~", b"\x1b\x1b", b"\x1b]0;x\x07"];

/// What may stand in one write behind the key, and is no well-formed tail.
const BEHIND: [&[u8]; 20] = [
    b"a",
    b"1",
    b"3",
    b"q",
    b"qy",
    b"y",
    b"\r",
    b"\x12",
    b"\x12\x12n",
    b"\xc3\xb1",
    b"Ox",
    b"Oq",
    b"[\x01",
    b"\x1b",
    b"\x1b\x1b\x1b",
    b"\x7f",
    b" ",
    b"?",
    b"n quorvimex\r",
    b"\x1b[27u",
];

/// The same, where the write ends before a sequence could be told.
const CUT: [&[u8]; 6] = [b"[", b"O", b"[1;", b"[20", b"[<0;1", b"[27"];

impl Stream {
    /// The next one.
    pub fn of(dice: &mut Dice) -> Self {
        let mut acts = Vec::new();
        for _ in 0..dice.below(9) {
            acts.push(act(dice));
        }
        // Whatever sizes came, the one at the end can be read.
        acts.push(Act::Sizes(vec![readable(dice)]));
        for _ in 0..dice.below(3) {
            acts.push(unsized_act(dice));
        }
        let behind = (0..dice.below(3)).filter_map(|_| behind(dice)).collect();
        Self { acts, hide: hide(dice), behind }
    }
}

/// A size at which the leaflet's foot line can be read.
fn readable(dice: &mut Dice) -> Cells {
    dice.one_of(
        &[(80, 24), (80, 24), (40, 12), (30, 6), (120, 40), (100, 30), (33, 50), (200, 10)].map(cells),
    )
}

fn cells((cols, rows): (u16, u16)) -> Cells {
    Cells { cols, rows }
}

fn act(dice: &mut Dice) -> Act {
    if dice.comes(15) {
        let sizes = (0..=dice.below(6)).map(|_| cells((dice.within(1, 200), dice.within(1, 60)))).collect();
        return Act::Sizes(sizes);
    }
    unsized_act(dice)
}

fn unsized_act(dice: &mut Dice) -> Act {
    match dice.below(21) {
        0..=7 => Act::Bytes(keys(dice)),
        8..=11 => Act::Bytes(paste(dice)),
        12 => Act::Bytes(dice.one_of(&NOTHING).to_vec()),
        13 => Act::ThereAndBack(dice.one_of(&HIDES).to_vec()),
        14 => Act::Signal(dice.one_of(&[Signal::WINCH, Signal::CONT])),
        15 => Act::ThereAndBack(Vec::new()),
        16 => Act::HoldDisk,
        17 => Act::LetDiskGo,
        18 => Act::FromElsewhere(dice.one_of(&ELSEWHERE).to_vec()),
        _ => Act::Wait(Duration::from_millis(u64::from(dice.within(0, 25)))),
    }
}

fn keys(dice: &mut Dice) -> Vec<u8> {
    (0..=dice.below(8)).flat_map(|_| dice.one_of(&KEYS).to_vec()).collect()
}

/// A paste: of a word or of up to a megabyte, with colours in it, with an end or without one.
fn paste(dice: &mut Dice) -> Vec<u8> {
    let most = match dice.below(100) {
        0 => 1_000_000,
        1..=4 => 70_000,
        5..=20 => 4_000,
        _ => 60,
    };
    let length = dice.below(most);
    let mut bytes = b"\x1b[200~".to_vec();
    while bytes.len() < length {
        let piece: &[u8] = dice.one_of(&[
            b"quorvimex ".as_slice(),
            b"blithazor\r",
            b"90417",
            b"\x1b[31mred\x1b[m",
            b"\xc3\xb1",
            b"qy1",
        ]);
        bytes.extend_from_slice(piece);
    }
    if dice.comes(75) {
        bytes.extend_from_slice(b"\x1b[201~");
    }
    bytes
}

/// The write that hides: the key alone, or with other bytes.
fn hide(dice: &mut Dice) -> Vec<u8> {
    let before = if dice.comes(40) { keys(dice) } else { Vec::new() };
    let key: &[u8] = dice.one_of(&[
        b"\x1b".as_slice(),
        b"\x1b",
        b"\x1b",
        b"\x1b",
        b"\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b",
        b"\x1b[27u",
        b"\x1b[27;5u",
        b"\x1b[27;1:3u",
        b"\x03",
        b"\x1a",
        b"\x1b[27;1;27~",
    ]);
    let behind: &[u8] = match (key.ends_with(b"\x1b"), dice.below(100)) {
        (_, 0..=39) => dice.one_of(&BEHIND),
        (true, 40..=49) => dice.one_of(&CUT),
        _ => b"",
    };
    [&before, key, behind].concat()
}

/// What comes at once behind the key.
fn behind(dice: &mut Dice) -> Option<Act> {
    Some(match dice.below(8) {
        0 => Act::Sizes(vec![cells((dice.within(1, 200), dice.within(1, 60))), readable(dice)]),
        1 => Act::Signal(Signal::CONT),
        2 => Act::Signal(Signal::WINCH),
        3 => Act::Signal(Signal::USR1),
        4 => Act::Signal(Signal::TSTP),
        5 => Act::Bytes(b"\x1b[I".to_vec()),
        6 => Act::LetDiskGo,
        _ => return None,
    })
}

impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) if bytes.len() > 300 => write!(f, "{} bytes", bytes.len()),
            Self::Bytes(bytes) => write!(f, "{:?}", String::from_utf8_lossy(bytes)),
            Self::Sizes(sizes) => {
                write!(f, "sizes")?;
                sizes.iter().try_for_each(|size| write!(f, " {}×{}", size.cols, size.rows))
            }
            Self::Signal(signal) => write!(f, "{signal:?}"),
            Self::FromElsewhere(bytes) => {
                write!(f, "elsewhere {:?}", String::from_utf8_lossy(bytes))
            }
            Self::HoldDisk => f.write_str("the disk is held"),
            Self::LetDiskGo => f.write_str("the disk goes on"),
            Self::Wait(time) => write!(f, "{time:?}"),
            Self::ThereAndBack(bytes) => write!(f, "there by {:?} and back", String::from_utf8_lossy(bytes)),
        }
    }
}
