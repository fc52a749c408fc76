//! The first line of a file or of standard input: a passphrase, a PIN. No byte behind it is read, and none of it stays
//! in a buffer, as it would in the one that the standard library keeps for standard input until the program ends.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::path::Path;

/// The first line, without its end, of at most so many bytes; `-` is standard input.
pub fn first_line(path: &Path, most: usize) -> io::Result<String> {
    let mut file = if path == Path::new("-") {
        File::from(io::stdin().as_fd().try_clone_to_owned()?)
    } else {
        File::open(path)?
    };
    // All of it at once, so that it never moves.
    let mut line = Vec::with_capacity(most);
    let mut byte = [0];
    while line.len() < most {
        match file.read(&mut byte) {
            Ok(0) => break,
            Ok(_) if byte == *b"\n" => break,
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    while line.last() == Some(&b'\r') {
        line.pop();
    }
    String::from_utf8(line).map_err(|_| io::ErrorKind::InvalidData.into())
}
