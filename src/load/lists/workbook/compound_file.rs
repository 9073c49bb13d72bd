//! Looks over an old workbook (.xls) before it is read.
//!
//! In: the bytes of a compound file. Out: nothing, or what is wrong with it.
//! Guaranteed of a file that passes: every chain of sectors ends within the file,
//! every sheet begins within its stream, and no cell stands outside the 65,536 rows
//! and 256 columns of such sheets; calamine, which reads it then, takes these for
//! granted. Absent: what the records say.
//!
//! Sources: [MS-CFB] sections 2.2 to 2.6, [MS-XLS] sections 2.1.4 and 2.4.

/// Sector numbers from here on mean something else ([MS-CFB] 2.1).
const RESERVED: u32 = 0xffff_fffa;

/// The end of a chain of sectors.
const END: u32 = 0xffff_fffe;

/// Records that hold a cell: its row, then its column, two bytes each.
pub(super) const CELLS: [u16; 10] = [
    0x0006, 0x00bd, 0x00be, 0x00d6, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e,
];

/// Columns of a sheet of this format.
const COLUMNS: u16 = 256;

/// Returns whether bytes begin as a compound file does.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// Checks a compound file that should hold a workbook, and returns the workbook's stream.
pub(super) fn checked(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let stream = workbook_stream(bytes)?;
    records(&stream)?;
    Ok(stream)
}

/// Returns the stream of a workbook.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let file = File::open(bytes)?;
    let directory = file.chain(file.u32(48)?, usize::MAX)?;
    let mut entries = directory.chunks_exact(128);
    let root = entries.next().ok_or(CUT)?;
    let (minis, mini_fat) = match file.u32(64)? {
        0 => (Vec::new(), Vec::new()),
        _ => (
            file.chain(number(root, 116)?, length(root))?,
            file.chain(file.u32(60)?, usize::MAX)?,
        ),
    };
    let named = |entry: &&[u8], name: &str| {
        let wide: Vec<u8> = name.to_lowercase().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let held = entry[..wide.len()].to_ascii_lowercase();
        held == wide && entry[wide.len()] == 0
    };
    let stream = directory
        .chunks_exact(128)
        .find(|entry| named(entry, "workbook") || named(entry, "book"))
        .ok_or("it does not contain a workbook; it may be protected by a password or come from another program")?;
    match length(stream) {
        size if size < 4096 => mini_chain(&minis, &mini_fat, number(stream, 116)?, size),
        size => file.chain(number(stream, 116)?, size),
    }
}

const CUT: &str = "it is cut short or damaged";

/// Returns the length of a directory entry's stream.
fn length(entry: &[u8]) -> usize {
    number(entry, 120).map_or(0, |size| size as usize)
}

pub(super) fn number(bytes: &[u8], at: usize) -> Result<u32, &'static str> {
    let four = bytes.get(at..at + 4).ok_or(CUT)?;
    Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

/// A compound file and its table of sectors.
struct File<'a> {
    bytes: &'a [u8],
    size: usize,
    fat: Vec<u32>,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, &'static str> {
        let size = match short(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(CUT),
        };
        let mut file = File {
            bytes,
            size,
            fat: Vec::new(),
        };
        // The table's own sectors: 109 are named in the header, more in a chain.
        let mut table: Vec<u32> = Vec::new();
        for at in (76..512).step_by(4) {
            table.push(file.u32(at)?);
        }
        let mut next = file.u32(68)?;
        let most = bytes.len() / size + 1;
        let mut steps = 0;
        while next < RESERVED {
            steps += 1;
            if steps > most {
                return Err(CUT);
            }
            let sector = file.sector(next)?;
            let (names, link) = sector.split_at(size - 4);
            for at in (0..names.len()).step_by(4) {
                table.push(number(names, at)?);
            }
            next = number(link, 0)?;
        }
        for sector in table.into_iter().filter(|sector| *sector < RESERVED) {
            let sector = file.sector(sector)?;
            for at in (0..size).step_by(4) {
                file.fat.push(number(sector, at)?);
            }
        }
        Ok(file)
    }

    fn u32(&self, at: usize) -> Result<u32, &'static str> {
        number(self.bytes, at)
    }

    fn sector(&self, id: u32) -> Result<&'a [u8], &'static str> {
        // The header fills the first sector's place.
        let start = (id as usize + 1).checked_mul(self.size).ok_or(CUT)?;
        self.bytes.get(start..start + self.size).ok_or(CUT)
    }

    /// Returns the bytes of a chain, at most `length` of them.
    fn chain(&self, mut id: u32, length: usize) -> Result<Vec<u8>, &'static str> {
        let mut out = Vec::new();
        while id != END && out.len() < length {
            if out.len() > self.bytes.len() {
                return Err(CUT); // It runs in a circle.
            }
            out.extend_from_slice(self.sector(id)?);
            id = *self.fat.get(id as usize).ok_or(CUT)?;
        }
        if length != usize::MAX && out.len() < length {
            return Err(CUT);
        }
        out.truncate(length);
        Ok(out)
    }
}

/// Returns the bytes of a chain of small sectors.
fn mini_chain(minis: &[u8], fat: &[u8], mut id: u32, length: usize) -> Result<Vec<u8>, &'static str> {
    const SIZE: usize = 64;
    let mut out = Vec::new();
    while id != END && out.len() < length {
        let start = (id as usize).checked_mul(SIZE).ok_or(CUT)?;
        out.extend_from_slice(minis.get(start..start + SIZE).ok_or(CUT)?);
        id = number(fat, (id as usize).checked_mul(4).ok_or(CUT)?)?;
    }
    if out.len() < length {
        return Err(CUT);
    }
    out.truncate(length);
    Ok(out)
}

/// Walks the records of a workbook's stream: a kind, a length, and so many bytes.
fn records(stream: &[u8]) -> Result<(), &'static str> {
    const OUTSIDE: &str = "a cell is outside its sheet";
    let mut at = 0;
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let Some(body) = stream.get(at + 4..at + 4 + usize::from(length)) else {
            return Err(CUT);
        };
        if CELLS.contains(&kind) {
            // A multiple of cells also names its last column, at its end.
            let last = body
                .len()
                .checked_sub(2)
                .and_then(|end| short(body, end))
                .filter(|_| kind == 0x00bd);
            if short(body, 2).is_none_or(|column| column >= COLUMNS) || last.is_some_and(|last| last >= COLUMNS) {
                return Err(OUTSIDE);
            }
        }
        // A sheet's beginning.
        if kind == 0x0085 && number(body, 0)? as usize >= stream.len() {
            return Err(CUT);
        }
        // A sheet's extent: first and last row, first and last column.
        if kind == 0x0200 && body.len() >= 12 {
            let (top, bottom) = (number(body, 0)?, number(body, 4)?);
            let (left, right) = (short(body, 8).unwrap_or(0), short(body, 10).unwrap_or(0));
            if bottom < top || bottom > 65_536 || right < left || right > COLUMNS {
                return Err(OUTSIDE);
            }
        }
        at += 4 + usize::from(length);
    }
    Ok(())
}
