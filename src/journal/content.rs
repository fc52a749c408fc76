//! What a cell holds: a kind, a length, data, and zeros to its end, which are checked.

use crate::seal::CONTENT;

use super::format::DATA;

/// What an opened cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content<'a> {
    /// An event that goes on in the next cell.
    Part(&'a [u8]),
    /// The end of an event.
    Event(&'a [u8]),
    /// Nothing.
    Fill,
    /// The end of the file, and how many events it has.
    End(u64),
}

const PART: u8 = 1;
const EVENT: u8 = 2;
const FILL: u8 = 3;
const END: u8 = 4;

impl<'a> Content<'a> {
    /// Reads an opened cell; none where it is not as this format writes it.
    pub(super) fn read(cell: &'a [u8; CONTENT]) -> Option<Self> {
        let [kind, high, low, rest @ ..] = cell;
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (data, padding) = rest.split_at_checked(length)?;
        // Against zeros at once: byte by byte takes longer than deciphering.
        if *padding != [0; CONTENT][..padding.len()] {
            return None;
        }
        match *kind {
            PART if length == DATA => Some(Self::Part(data)),
            EVENT => Some(Self::Event(data)),
            FILL if data.is_empty() => Some(Self::Fill),
            END => Some(Self::End(u64::from_be_bytes(data.try_into().ok()?))),
            _ => None,
        }
    }

    /// The cell that holds it. Data beyond the room of a cell is never asked for.
    pub(super) fn write(self) -> [u8; CONTENT] {
        let mut cell = [0; CONTENT];
        let mut with = |kind: u8, data: &[u8]| {
            cell[0] = kind;
            let length = data.len().min(DATA);
            cell[1..3].copy_from_slice(&u16::try_from(length).unwrap_or_default().to_be_bytes());
            cell[3..3 + length].copy_from_slice(&data[..length]);
        };
        match self {
            Self::Part(data) => with(PART, data),
            Self::Event(data) => with(EVENT, data),
            Self::Fill => with(FILL, &[]),
            Self::End(events) => with(END, &events.to_be_bytes()),
        }
        cell
    }
}

/// The contents of an event's cells: parts, and the end.
pub(super) fn of_event(event: &[u8]) -> impl Iterator<Item = Content<'_>> {
    let last = event.len().saturating_sub(1) / DATA;
    event
        .chunks(DATA)
        .enumerate()
        .map(move |(number, data)| if number == last { Content::Event(data) } else { Content::Part(data) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else_is() {
        for content in [Content::Part(&[7; DATA]), Content::Event(b"{}"), Content::Fill, Content::End(300)] {
            let cell = content.write();
            assert_eq!(Content::read(&cell), Some(content));
        }
        let bad = |at: usize, byte: u8, content: Content| {
            let mut cell = content.write();
            cell[at] = byte;
            Content::read(&cell).is_none()
        };
        assert!(bad(CONTENT - 1, 1, Content::Event(b"{}")), "padding that is not zero");
        assert!(bad(2, 255, Content::Event(b"{}")), "a length beyond the cell");
        assert!(bad(2, 1, Content::Fill), "a fill with data, even if it is a zero");
        assert!(bad(2, 7, Content::End(0)), "an end of another length");
        assert!(bad(0, 1, Content::Event(b"{}")), "a part that is not full");
        for kind in [0, 5, 6, 255] {
            assert!(bad(0, kind, Content::Fill), "a kind that is kept for later");
        }
    }

    #[test]
    fn an_event_takes_as_many_cells_as_it_needs() {
        for (bytes, cells) in [(1, 1), (DATA, 1), (DATA + 1, 2), (2 * DATA, 2), (64 * DATA, 64)] {
            let event = vec![b'x'; bytes];
            let contents: Vec<Content> = of_event(&event).collect();
            assert_eq!(contents.len(), cells, "{bytes}");
            let (end, parts) = contents.split_last().unwrap();
            assert!(matches!(end, Content::Event(data) if !data.is_empty()), "{bytes}");
            assert!(parts.iter().all(|part| matches!(part, Content::Part(_))), "{bytes}");
        }
    }
}
