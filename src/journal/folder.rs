//! Folders and files that are their owner's alone, whatever the umask, and that outlast a power cut.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;

use super::error::Foreign;
use super::format::LARGEST_FILE;
use super::name::SessionName;

/// Whether a lock was got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// It is ours, until the file is dropped or the process dies.
    Ours,
    /// Another process, or another opening in this one, holds it.
    Theirs,
}

/// Makes a folder and those above it that are missing, each its owner's alone and on disk before this returns.
pub fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = parent_of(path);
    make_folder(parent)?;
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
        made => made?,
    }
    // By its path: a umask of 0777 makes a folder that its owner cannot even open.
    fs::set_permissions(path, Permissions::from_mode(0o700)).or_else(without_modes)?;
    sync_folder(parent)
}

/// Writes a folder's entries to disk.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some file systems (network shares, FUSE) know no sync of a folder: there is nothing more to be had there.
        Err(error) if matches!(Errno::from_io_error(&error), Some(Errno::INVAL | Errno::NOTSUP)) => Ok(()),
        synced => synced,
    }
}

/// Creates a file that must not exist, for its owner alone.
pub fn create_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)?;
    restrict(&file)?;
    Ok(file)
}

/// Writes a file for its owner alone, whole or not at all: a file beside it is written first, and then takes its
/// place. The folder is made where it is missing. Blocks until everything is on disk.
///
/// # Errors
/// The system's; what stood there before still does, and nothing is left beside it.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = parent_of(path);
    make_folder(folder)?;
    let beside = folder.join(SessionName::random()?.to_string());
    let written = create_file(&beside)
        .and_then(|file| file.write_all_at(bytes, 0).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    if let Err(error) = written {
        // It may not even have been created.
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    sync_folder(folder)
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens a file for adding to its end, and creates it for its owner alone where it is missing.
pub fn open_to_add(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(flags.bits().cast_signed())
        .open(path)?;
    restrict(&file)?;
    Ok(file)
}

/// Opens the file at a path for reading and writing, if it is an ordinary one; a link is not followed.
pub fn open_to_write(path: &Path) -> io::Result<Result<File, Foreign>> {
    open(path, OpenOptions::new().read(true).write(true))
}

/// Opens the file at a path for reading, if it is an ordinary one; a link is not followed, a pipe not waited for.
pub fn open_to_read(path: &Path) -> io::Result<Result<File, Foreign>> {
    open(path, OpenOptions::new().read(true))
}

fn open(path: &Path, options: &mut OpenOptions) -> io::Result<Result<File, Foreign>> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = match options.custom_flags(flags.bits().cast_signed()).open(path) {
        Ok(file) => file,
        Err(error) => {
            return match Errno::from_io_error(&error) {
                // A link; a folder opened to write; a socket or a pipe without a reader.
                Some(Errno::LOOP | Errno::ISDIR | Errno::NXIO) => Ok(Err(Foreign::Kind)),
                _ => Err(error),
            };
        }
    };
    Ok(if file.metadata()?.is_file() { Ok(file) } else { Err(Foreign::Kind) })
}

/// Everything in a file, which is refused before it is read where it is larger than a session can be.
pub fn read_all(file: &File) -> io::Result<Result<Vec<u8>, Foreign>> {
    let size = file.metadata()?.len();
    if size > LARGEST_FILE {
        return Ok(Err(Foreign::Size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // A file can grow while it is read.
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > LARGEST_FILE { Err(Foreign::Size) } else { Ok(bytes) })
}

/// Takes the exclusive lock of a file, or says that it is taken; never waits.
pub fn lock(file: &File) -> io::Result<Lock> {
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Lock::Ours),
        Err(Errno::WOULDBLOCK) => Ok(Lock::Theirs),
        Err(error) => Err(error.into()),
    }
}

/// Whether a file that is open is no longer in any folder: what is written to it is lost when it is dropped.
pub fn is_unlinked(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.nlink() == 0)
}

/// Overwrites a file with zeros, on disk.
pub fn overwrite(file: &File) -> io::Result<()> {
    static ZEROS: [u8; 1 << 16] = [0; 1 << 16];
    let size = file.metadata()?.len();
    let mut at = 0;
    while at < size {
        let some = (size - at).min(ZEROS.len() as u64);
        file.write_all_at(&ZEROS[..usize::try_from(some).unwrap_or(ZEROS.len())], at)?;
        at += some;
    }
    file.sync_all()
}

/// Removes a file, on disk.
pub fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Sets the mode of a folder that somebody opened to others.
pub fn restrict_folder(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.mode() & 0o777 == 0o700 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(0o700)).or_else(without_modes)
}

/// Sets the mode of a file where the umask, or somebody, made it another.
pub fn restrict(file: &File) -> io::Result<()> {
    if file.metadata()?.mode() & 0o7777 == 0o600 {
        return Ok(());
    }
    file.set_permissions(Permissions::from_mode(0o600)).or_else(without_modes)
}

/// A file system without modes (a stick with FAT) is left as it is.
fn without_modes(error: io::Error) -> io::Result<()> {
    match Errno::from_io_error(&error) {
        Some(Errno::PERM | Errno::NOTSUP) => Ok(()),
        _ => Err(error),
    }
}
