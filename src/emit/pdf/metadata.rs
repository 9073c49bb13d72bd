//! Writes the metadata of a file: XMP, Info, the catalog's claims.
//!
//! In: the document's metadata and the standard. Out: entries of the catalog
//! and the trailer. Guaranteed: XMP and Info agree (ISO 19005-2, 6.6.3); dates
//! are the document's own, and without one there are none; the producer is this
//! program's name and version, and nothing else of the machine is said. Absent:
//! keywords, document ids.

use super::draft::PdfDraft;
use super::{Attachment, PdfStandard, file, icc, syntax};
use crate::layout::frame::Metadata;
use jiff::civil::Date;
use lopdf::{Object, Stream, dictionary};
use xmp_writer::{DateTime, LangId, Timezone, XmpWriter};

/// Who made the file.
const PRODUCER: &str = concat!("undersigned ", env!("CARGO_PKG_VERSION"));

/// Sets all that the file says of itself.
pub(super) fn describe(metadata: &Metadata, standard: &PdfStandard, draft: &mut PdfDraft) {
    let metadata = &Metadata {
        title: printable(&metadata.title),
        author: printable(&metadata.author),
        subject: printable(&metadata.subject),
        ..metadata.clone()
    };
    let packet = xmp(metadata, standard).into_bytes();
    // Not compressed, so that programs that know no PDF can read it.
    let packet = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet).with_compression(false);
    let packet = draft.add(packet);
    draft.set_in_catalog("Metadata", packet);

    let mut info = dictionary! { "Producer" => syntax::text_object(PRODUCER) };
    for (key, value) in [
        ("Title", &metadata.title),
        ("Author", &metadata.author),
        ("Subject", &metadata.subject),
    ] {
        if !value.is_empty() {
            info.set(key, syntax::text_object(value));
        }
    }
    if let Some(date) = metadata.date.filter(is_writable) {
        let stamp = format!("D:{:04}{:02}{:02}000000Z", date.year(), date.month(), date.day());
        info.set("CreationDate", syntax::text_object(&stamp));
        info.set("ModDate", syntax::text_object(&stamp));
    }
    let info = draft.add(info);
    draft.document.trailer.set("Info", info);

    if !metadata.language.is_empty() {
        draft.set_in_catalog("Lang", syntax::text_object(&metadata.language));
    }
    draft.set_in_catalog("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    output_intent(draft);
    if let PdfStandard::A3a(Some(attachment)) = standard {
        attach(attachment, metadata.date, draft);
    }
}

/// A text on one line and without what XML cannot hold (XML 1.0, 2.2), in XMP and
/// Info alike, since they must agree.
fn printable(text: &str) -> String {
    let is_fine = |character: &char| !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}');
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(is_fine)
        .collect()
}

/// Years that both kinds of dates can hold.
fn is_writable(date: &Date) -> bool {
    (0..=9999).contains(&date.year())
}

/// Says that colors are sRGB, so that black is the same black everywhere.
fn output_intent(draft: &mut PdfDraft) {
    let profile = file::deflated_stream(dictionary! { "N" => 3 }, file::deflate(&icc::srgb()));
    let profile = draft.add(profile);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => syntax::text_object("sRGB"),
        "Info" => syntax::text_object("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    draft.set_in_catalog("OutputIntents", vec![Object::Dictionary(intent)]);
}

/// Puts a file into the document (ISO 19005-3, 6.8).
fn attach(attachment: &Attachment, date: Option<Date>, draft: &mut PdfDraft) {
    let mut parameters = dictionary! { "Size" => attachment.data.len() as i64 };
    if let Some(date) = date.filter(is_writable) {
        let stamp = format!("D:{:04}{:02}{:02}000000Z", date.year(), date.month(), date.day());
        parameters.set("ModDate", syntax::text_object(&stamp));
    }
    let head = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => attachment.media_type.as_str(),
        "Params" => parameters,
    };
    let data = draft.add(file::deflated_stream(head, file::deflate(&attachment.data)));
    let name = syntax::text_object(&attachment.name);
    let file = draft.add(dictionary! {
        "Type" => "Filespec",
        "F" => name.clone(),
        "UF" => name.clone(),
        "Desc" => syntax::text_object(&attachment.description),
        "AFRelationship" => "Data",
        "EF" => dictionary! { "F" => data, "UF" => data },
    });
    draft.set_in_catalog("AF", vec![Object::Reference(file)]);
    let files = dictionary! { "Names" => vec![name, Object::Reference(file)] };
    draft.set_in_catalog("Names", dictionary! { "EmbeddedFiles" => files });
}

/// The XMP packet.
fn xmp(metadata: &Metadata, standard: &PdfStandard) -> String {
    let mut xmp = XmpWriter::new();
    xmp.format("application/pdf").producer(PRODUCER).pdf_version("1.7");
    if !metadata.title.is_empty() {
        xmp.title([(None, metadata.title.as_str())]);
    }
    if !metadata.author.is_empty() {
        xmp.creator([metadata.author.as_str()]);
    }
    if !metadata.subject.is_empty() {
        xmp.description([(None, metadata.subject.as_str())]);
    }
    if !metadata.language.is_empty() {
        xmp.language([LangId(&metadata.language)]);
    }
    if let Some(date) = metadata.date.filter(is_writable) {
        let stamp = DateTime::new(
            date.year().unsigned_abs(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
            0,
            0,
            0,
            Timezone::Utc,
        );
        xmp.create_date(stamp).modify_date(stamp);
    }
    if let Some(part) = standard.archive_part() {
        xmp.pdfa_part(i32::from(part)).pdfa_conformance("A");
    }
    if standard.is_ua() {
        xmp.pdfua_part(1);
        if standard.archive_part().is_some() {
            // PDF/A wants schemas described that it does not know itself.
            xmp.extension_schemas().pdfua_id().properties().describe_part();
        }
    }
    xmp.finish(None)
}
