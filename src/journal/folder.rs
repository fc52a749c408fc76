//! Folders and files that are their owner's alone, whatever the umask, and that outlast a power cut.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;
use rustix::process::geteuid;
use rustix::time::Timespec;

use crate::seal::Running;
use crate::text::Fingerprint;

use super::error::Foreign;
use super::format::LARGEST_FILE;
use super::medium::{Disks, Medium, Step};
use super::name::SessionName;

/// Files on a medium: what changes something on it asks it first.
#[derive(Debug, Clone)]
pub struct Files(Arc<dyn Medium>);

impl Default for Files {
    fn default() -> Self {
        Self(Arc::new(Disks))
    }
}

/// Whether a lock was got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// It is ours, until the file is dropped or the process dies.
    Ours,
    /// Another process, or another opening in this one, holds it.
    Theirs,
}

impl Files {
    /// Files on a medium.
    pub fn on(medium: Arc<dyn Medium>) -> Self {
        Self(medium)
    }

    fn may(&self, step: Step) -> io::Result<()> {
        self.0.before(step).map_err(|refused| refused.error)
    }

    /// Writes bytes at a place of a file, all of them.
    pub fn write_at(&self, file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
        match self.0.before(Step::Write(bytes.len())) {
            Ok(()) => file.write_all_at(bytes, at),
            Err(refused) => {
                file.write_all_at(&bytes[..refused.after.min(bytes.len())], at)?;
                Err(refused.error)
            }
        }
    }

    /// Writes bytes behind the end of a file that was opened to add to it.
    pub fn add(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        match self.0.before(Step::Write(bytes.len())) {
            Ok(()) => file.write_all(bytes),
            Err(refused) => {
                file.write_all(&bytes[..refused.after.min(bytes.len())])?;
                Err(refused.error)
            }
        }
    }

    /// Writes a file's data to disk.
    pub fn sync_data(&self, file: &File) -> io::Result<()> {
        self.may(Step::Sync)?;
        file.sync_data()
    }

    /// Writes a file to disk.
    pub fn sync_all(&self, file: &File) -> io::Result<()> {
        self.may(Step::Sync)?;
        file.sync_all()
    }

    /// Cuts a file to a length, on disk. Synced even where nothing is cut: what a process wrote before it was killed may
    /// not be on disk yet.
    pub fn cut(&self, file: &File, length: u64) -> io::Result<()> {
        self.may(Step::Cut)?;
        file.set_len(length)?;
        self.sync_all(file)
    }

    /// Makes a folder and those above it that are missing, each its owner's alone and on disk before this returns.
    pub fn make_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        let parent = parent_of(path);
        self.make_folder(parent)?;
        self.may(Step::MakeFolder)?;
        match DirBuilder::new().mode(0o700).create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
            made => made?,
        }
        // By its path: a umask of 0777 makes a folder that its owner cannot even open.
        fs::set_permissions(path, Permissions::from_mode(0o700)).or_else(without_modes)?;
        self.sync_folder(parent)
    }

    /// Writes a folder's entries to disk.
    pub fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.may(Step::SyncFolder)?;
        match File::open(path)?.sync_all() {
            // Some file systems (network shares, FUSE) know no sync of a folder: there is nothing more to be had there.
            Err(error) if matches!(Errno::from_io_error(&error), Some(Errno::INVAL | Errno::NOTSUP)) => {
                Ok(())
            }
            synced => synced,
        }
    }

    /// Creates a file that must not exist, for its owner alone.
    pub fn create_file(&self, path: &Path) -> io::Result<File> {
        self.may(Step::Create)?;
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)?;
        restrict(&file)?;
        Ok(file)
    }

    /// Writes a file for its owner alone, whole or not at all: a file beside it is written first, and then takes its
    /// place. The folder is made where it is missing.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = parent_of(path);
        self.make_folder(folder)?;
        let beside = beside(path, SessionName::random()?);
        let written = self.create_file(&beside).and_then(|file| {
            // Held until it has its name: whoever clears away what a killed program left passes it by.
            let _ = try_lock(&file);
            self.write_at(&file, bytes, 0).and_then(|()| self.sync_all(&file))?;
            self.may(Step::Rename)?;
            fs::rename(&beside, path)
        });
        if let Err(error) = written {
            // It may not even have been created.
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        self.sync_folder(folder)
    }

    /// Overwrites and removes what a program that was killed left beside a file that it was about to replace.
    pub fn clear_away(&self, path: &Path) -> io::Result<()> {
        let (folder, name) = (parent_of(path), path.file_name().unwrap_or_default());
        for file in fs::read_dir(folder)? {
            let left = file?.path();
            if is_beside(&left, name)
                && let Ok(Ok(file)) = self.open_to_write(&left)
                && is_ours(&file.metadata()?)
                && try_lock(&file)? == Lock::Ours
            {
                self.overwrite(&file)?;
                self.remove(&left)?;
            }
        }
        Ok(())
    }

    /// Opens a file for adding to its end, and creates it for its owner alone where it is missing.
    pub fn open_to_add(&self, path: &Path) -> io::Result<File> {
        self.may(Step::Open)?;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .custom_flags(flags.bits().cast_signed())
            .open(path)?;
        restrict(&file)?;
        Ok(file)
    }

    /// Opens the file at a path for reading and writing, if it is an ordinary one; a link is not followed.
    pub fn open_to_write(&self, path: &Path) -> io::Result<Result<File, Foreign>> {
        self.may(Step::Open)?;
        open(path, OpenOptions::new().read(true).write(true))
    }

    /// Overwrites a file with zeros, on disk.
    pub fn overwrite(&self, file: &File) -> io::Result<()> {
        static ZEROS: [u8; 1 << 16] = [0; 1 << 16];
        let size = file.metadata()?.len();
        let mut at = 0;
        while at < size {
            let some = (size - at).min(ZEROS.len() as u64);
            self.write_at(file, &ZEROS[..usize::try_from(some).unwrap_or(ZEROS.len())], at)?;
            at += some;
        }
        self.sync_all(file)
    }

    /// Removes a file, on disk.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        self.may(Step::Remove)?;
        fs::remove_file(path)?;
        path.parent().map_or(Ok(()), |folder| self.sync_folder(folder))
    }
}

/// Writes a file for its owner alone, whole or not at all: a file beside it is written first, and then takes its
/// place. The folder is made where it is missing. Blocks until everything is on disk.
///
/// # Errors
/// The system's; what stood there before still does, and nothing is left beside it.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Files::default().replace(path, bytes)
}

/// The same on another medium: for tests in which a disk fails.
///
/// # Errors
/// As [`replace_file`].
pub fn replace_file_on(medium: Arc<dyn Medium>, path: &Path, bytes: &[u8]) -> io::Result<()> {
    Files::on(medium).replace(path, bytes)
}

/// The file that is written before it takes the place of another.
fn beside(path: &Path, tail: SessionName) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{name}-{tail}"))
}

/// Whether a path is that of such a file.
pub fn is_beside(path: &Path, name: &OsStr) -> bool {
    let file = path.file_name().unwrap_or_default().as_bytes();
    let tail = file.strip_prefix(name.as_bytes()).and_then(|tail| tail.strip_prefix(b"-"));
    tail.and_then(|tail| str::from_utf8(tail).ok()).is_some_and(|tail| SessionName::new(tail).is_some())
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
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
    let mut bytes = Vec::new();
    Ok(read_into(file, &mut bytes)?.map(|()| bytes))
}

/// The same, into room that may be there already. What stands in it after an error says nothing.
pub fn read_into(file: &File, bytes: &mut Vec<u8>) -> io::Result<Result<(), Foreign>> {
    let size = file.metadata()?.len();
    if size > LARGEST_FILE {
        return Ok(Err(Foreign::Size));
    }
    bytes.clear();
    bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
    // A file can grow while it is read.
    file.take(LARGEST_FILE + 1).read_to_end(bytes)?;
    Ok(if bytes.len() as u64 > LARGEST_FILE { Err(Foreign::Size) } else { Ok(()) })
}

/// The fingerprint of all bytes of a file, however large it is.
pub fn fingerprint_of(mut file: &File) -> io::Result<Fingerprint> {
    let mut some = vec![0; 1 << 16];
    let mut hash = Running::default();
    loop {
        match file.read(&mut some)? {
            0 => return Ok(hash.so_far()),
            read => hash.update(&some[..read]),
        }
    }
}

/// Takes the exclusive lock of a file, or says that it is taken. Somebody may have it for an instant only: who looks
/// whether a session is written, or a program that was just being started while the lock was given up, which has all that
/// its parent had until it runs. So it is tried for some moments more.
pub fn lock(file: &File) -> io::Result<Lock> {
    lock_within(file, INSTANT)
}

/// How many moments a lock is tried for that may be somebody's for an instant.
const INSTANT: u32 = 10;

/// Waits so many moments for the exclusive lock of a file, or says that it is taken all the while.
pub fn lock_within(file: &File, moments: u32) -> io::Result<Lock> {
    for _ in 0..moments {
        match try_lock(file)? {
            Lock::Ours => return Ok(Lock::Ours),
            Lock::Theirs => a_moment(),
        }
    }
    try_lock(file)
}

/// Takes the exclusive lock of a file, or says that it is taken; never waits.
pub fn try_lock(file: &File) -> io::Result<Lock> {
    try_to(file, FlockOperation::NonBlockingLockExclusive)
}

/// Whether somebody has the exclusive lock of a file. Asks for a shared one, so that of two who ask neither takes the
/// other for a writer.
pub fn is_held(file: &File) -> io::Result<Lock> {
    try_to(file, FlockOperation::NonBlockingLockShared)
}

fn try_to(file: &File, takes: FlockOperation) -> io::Result<Lock> {
    match flock(file, takes) {
        Ok(()) => Ok(Lock::Ours),
        Err(Errno::WOULDBLOCK) => Ok(Lock::Theirs),
        Err(error) => Err(error.into()),
    }
}

/// Waits for a hundredth of a second, in which another process is done with a short file.
fn a_moment() {
    // Interrupted by a signal, it is a shorter moment.
    let _ = rustix::thread::nanosleep(&Timespec { tv_sec: 0, tv_nsec: 10_000_000 });
}

/// How a file that is open looks from outside: whoever writes to it makes it look otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks {
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written: seconds, and billionths.
    changed: (i64, i64),
}

/// How a file that is open looks; none where it is no longer in any folder, and what is written to it is lost when it is
/// dropped.
pub fn look_at(file: &File) -> io::Result<Option<Looks>> {
    let about = file.metadata()?;
    let looks = Looks { bytes: about.len(), changed: (about.mtime(), about.mtime_nsec()) };
    Ok((about.nlink() > 0).then_some(looks))
}

/// Whether a file has these bytes at its beginning.
pub fn begins_with(file: &File, bytes: &[u8]) -> io::Result<bool> {
    let mut some = vec![0; bytes.len().min(1 << 16)];
    let mut at = 0;
    for piece in bytes.chunks(1 << 16) {
        let there = &mut some[..piece.len()];
        match file.read_exact_at(there, at) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            read => read?,
        }
        if there != piece {
            return Ok(false);
        }
        at += piece.len() as u64;
    }
    Ok(true)
}

/// Whether a file that is open is no longer in any folder: what is written to it is lost when it is dropped.
pub fn is_unlinked(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.nlink() == 0)
}

/// Who can reach what is in a folder, or in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// This user, and root, whom nothing stops.
    UsAlone,
    /// Others too; or it is theirs, a link, or not there.
    Others,
}

/// What others than the owner may do.
const OTHERS: u32 = 0o077;

/// Who can reach what is in a folder; a link is not followed.
pub fn owner(folder: &Path) -> Owner {
    let alone = fs::symlink_metadata(folder)
        .is_ok_and(|about| about.is_dir() && is_ours(&about) && about.mode() & OTHERS == 0);
    if alone { Owner::UsAlone } else { Owner::Others }
}

/// Whether something belongs to the user that the program runs as.
pub fn is_ours(about: &Metadata) -> bool {
    about.uid() == geteuid().as_raw()
}

/// Sets the mode of a folder that somebody opened to others.
pub fn restrict_folder(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.mode() & 0o777 == 0o700 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(0o700)).or_else(without_modes)
}

/// Sets the mode of a file where the umask, or somebody, made it another.
///
/// # Errors
/// The system's; a file system that knows no modes is none.
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
