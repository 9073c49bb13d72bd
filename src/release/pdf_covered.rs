//! Over which words of a page something is painted.
//!
//! In: the operators of a page, one after the other. Out: the lines whose words lie below an
//! area, a picture, or a comment that is painted after them. Guaranteed: bounded work, whatever
//! the file. Absent: what shines through, and areas other than rectangles, which count with the
//! rectangle around them; text within forms.
//!
//! Source: ISO 32000-1, 8.3 (coordinates), 8.5 (paths), 9.4 (text objects).

use super::blocks::fold;
use lopdf::{Dictionary, Document, Object};
use std::collections::{BTreeMap, BTreeSet};
use usvg::Transform;
use usvg::tiny_skia_path::Point;

/// Most tests of a glyph against an area on one page.
const TESTS: usize = 20_000_000;

/// Most glyphs of a page that are kept.
const GLYPHS: usize = 1 << 20;

/// Deepest nesting of saved states that is kept.
const STATES: usize = 1 << 10;

/// How high above its line the middle of a small letter lies, as a part of the font's size.
const MIDDLE: f32 = 0.25;

/// Narrowest gap that is a space between words, as a part of the font's size.
const LEAST_SPACE: f32 = 0.15;

/// A rectangle of the page.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: f32,
    bottom: f32,
    right: f32,
    top: f32,
}

impl Area {
    /// The rectangle around points.
    fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |area: Option<Self>, point| {
            let area = area.unwrap_or(Self {
                left: point.x,
                bottom: point.y,
                right: point.x,
                top: point.y,
            });
            Some(Self {
                left: area.left.min(point.x),
                bottom: area.bottom.min(point.y),
                right: area.right.max(point.x),
                top: area.top.max(point.y),
            })
        })
    }

    /// The rectangle that two have in common.
    fn within(&self, clip: Option<Self>) -> Self {
        clip.map_or(*self, |clip| Self {
            left: self.left.max(clip.left),
            bottom: self.bottom.max(clip.bottom),
            right: self.right.min(clip.right),
            top: self.top.min(clip.top),
        })
    }

    fn holds(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.bottom..=self.top).contains(&point.y)
    }
}

/// The parts of a state that say where text stands (ISO 32000-1, tables 52 and 104).
#[derive(Clone, Copy, Debug)]
struct State {
    place: Transform,
    size: f32,
    leading: f32,
    /// Between letters, and more between words.
    spaces: [f32; 2],
    stretch: f32,
    rise: f32,
    /// Outside of it nothing is painted.
    clip: Option<Area>,
    line_width: f32,
}

/// Follows the operators of a page.
pub(super) struct Painter {
    state: State,
    saved: Vec<State>,
    /// Where the next glyph stands, and where its line began.
    text: Transform,
    line_start: Transform,
    /// The corners of the path so far, those of one part of it after the other.
    path: Vec<Vec<Point>>,
    /// Whether what follows is clipped to it.
    clips: bool,
    /// What is shown, line by line, and where the last one ends.
    lines: Vec<String>,
    line_end: Point,
    /// The middles of the glyphs that nothing lies over, with their lines.
    glyphs: Vec<(Point, usize)>,
    /// The lines that something lies over.
    covered: BTreeSet<usize>,
    /// Corners of pictures and forms, by name.
    pictures: BTreeMap<Vec<u8>, [Point; 4]>,
    tests_left: usize,
}

impl Painter {
    /// Starts with a page that is empty.
    pub(super) fn new(document: &Document, resources: &[&Dictionary]) -> Self {
        let groups = resources
            .iter()
            .filter_map(|resources| resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok());
        let pictures = groups
            .flat_map(Dictionary::iter)
            .filter_map(|(name, _)| Some((name, corners_of(document, resources, name)?)));
        Self {
            state: State {
                place: Transform::identity(),
                size: 0.0,
                leading: 0.0,
                spaces: [0.0; 2],
                stretch: 1.0,
                rise: 0.0,
                clip: None,
                line_width: 1.0,
            },
            saved: Vec::new(),
            text: Transform::identity(),
            line_start: Transform::identity(),
            path: Vec::new(),
            clips: false,
            lines: Vec::new(),
            line_end: Point::zero(),
            glyphs: Vec::new(),
            covered: BTreeSet::new(),
            pictures: pictures.map(|(name, corners)| (name.clone(), corners)).collect(),
            tests_left: TESTS,
        }
    }

    /// Follows an operator that shows no text.
    pub(super) fn follow(&mut self, operator: &str, operands: &[Object]) {
        let number = |at: usize| operands.get(at).and_then(|one| one.as_float().ok()).unwrap_or_default();
        let matrix = || Transform::from_row(number(0), number(1), number(2), number(3), number(4), number(5));
        match operator {
            "q" if self.saved.len() < STATES => self.saved.push(self.state),
            "Q" => self.state = self.saved.pop().unwrap_or(self.state),
            "cm" => self.state.place = self.state.place.pre_concat(matrix()),
            "BT" => self.start_line(Transform::identity()),
            "Tm" => self.start_line(matrix()),
            "Td" => self.start_line(self.line_start.pre_translate(number(0), number(1))),
            "TD" => {
                self.state.leading = -number(1);
                self.start_line(self.line_start.pre_translate(number(0), number(1)));
            }
            "T*" | "'" => self.start_line(self.line_start.pre_translate(0.0, -self.state.leading)),
            "\"" => {
                self.state.spaces = [number(1), number(0)];
                self.start_line(self.line_start.pre_translate(0.0, -self.state.leading));
            }
            "TL" => self.state.leading = number(0),
            "Tc" => self.state.spaces[0] = number(0),
            "Tw" => self.state.spaces[1] = number(0),
            "Tz" => self.state.stretch = number(0) / 100.0,
            "Ts" => self.state.rise = number(0),
            "Tf" => self.state.size = number(1),
            "m" => {
                self.path.push(Vec::new());
                self.reach(number(0), number(1));
            }
            "l" => self.reach(number(0), number(1)),
            "c" | "v" | "y" => {
                for at in (0..operands.len()).step_by(2) {
                    self.reach(number(at), number(at + 1));
                }
            }
            "re" => {
                self.path.push(Vec::new());
                for (right, up) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)] {
                    self.reach(number(0) + right * number(2), number(1) + up * number(3));
                }
            }
            "w" => self.state.line_width = number(0),
            "W" | "W*" => self.clips = true,
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n" => self.end_path(operator),
            "sh" => self.cover(self.state.clip.or(Some(EVERYWHERE))),
            "Do" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                if let Some(corners) = name.and_then(|name| self.pictures.get(name)).copied() {
                    self.cover_placed(corners);
                }
            }
            "BI" => self.cover_placed(UNIT),
            _ => {}
        }
    }

    /// Paints the path, and clips what follows to it if that was asked for.
    fn end_path(&mut self, operator: &str) {
        let path = std::mem::take(&mut self.path);
        let clip = Area::around(path.iter().flatten().copied());
        for corners in path {
            if matches!(operator, "S" | "s" | "B" | "B*" | "b" | "b*") {
                self.stroke(&corners);
            }
            if !matches!(operator, "S" | "s" | "n") {
                self.cover(Area::around(corners));
            }
        }
        if std::mem::take(&mut self.clips)
            && let Some(clip) = clip
        {
            self.state.clip = Some(clip.within(self.state.clip));
        }
    }

    /// Covers what lies below the level and upright lines of a path.
    fn stroke(&mut self, corners: &[Point]) {
        let (across, up) = self.state.place.get_scale();
        let half = self.state.line_width * across.max(up) / 2.0;
        for pair in corners.windows(2) {
            let Some(area) = Area::around(pair.iter().copied()) else {
                continue;
            };
            if (area.right - area.left).min(area.top - area.bottom) <= half {
                self.cover(Some(Area {
                    left: area.left - half,
                    bottom: area.bottom - half,
                    right: area.right + half,
                    top: area.top + half,
                }));
            }
        }
    }

    fn start_line(&mut self, at: Transform) {
        (self.text, self.line_start) = (at, at);
    }

    /// Adds a corner to the path.
    fn reach(&mut self, x: f32, y: f32) {
        let mut point = Point::from_xy(x, y);
        self.state.place.map_point(&mut point);
        match self.path.last_mut() {
            Some(part) => part.push(point),
            None => self.path.push(vec![point]),
        }
    }

    /// Shows glyphs that say a text: of each its width, in parts of the font's size, and whether
    /// it is a space that words may be spread at.
    pub(super) fn show(&mut self, glyphs: impl IntoIterator<Item = (f32, bool)>, text: &str) {
        let State {
            size,
            spaces,
            stretch,
            rise,
            ..
        } = self.state;
        self.join_line(text);
        for (width, is_space) in glyphs {
            if self.glyphs.len() < GLYPHS && !is_space {
                let middle = self.on_page(width * size * stretch / 2.0, rise + MIDDLE * size);
                self.glyphs.push((middle, self.lines.len() - 1));
            }
            let more = spaces[0] + if is_space { spaces[1] } else { 0.0 };
            self.text = self.text.pre_translate((width * size + more) * stretch, 0.0);
        }
        self.line_end = self.on_page(0.0, 0.0);
    }

    /// Adds a text to the line that ends where it begins, or begins a line.
    fn join_line(&mut self, text: &str) {
        let (start, above) = (self.on_page(0.0, 0.0), self.on_page(0.0, self.state.size));
        let size = (above - start).length();
        let gap = start - self.line_end;
        match self.lines.last_mut() {
            Some(line) if gap.y.abs() < size / 2.0 && gap.x.abs() < 2.0 * size => {
                if gap.x > size * LEAST_SPACE {
                    line.push(' ');
                }
                line.push_str(text);
            }
            _ => self.lines.push(text.to_owned()),
        }
    }

    /// Returns where a place beside the next glyph is on the page.
    fn on_page(&self, x: f32, y: f32) -> Point {
        let mut point = Point::from_xy(x, y);
        self.text.map_point(&mut point);
        self.state.place.map_point(&mut point);
        point
    }

    /// Moves back by thousandths of the font's size.
    pub(super) fn adjust(&mut self, thousandths: f32) {
        let by = -thousandths / 1000.0 * self.state.size * self.state.stretch;
        self.text = self.text.pre_translate(by, 0.0);
    }

    fn cover_placed(&mut self, mut corners: [Point; 4]) {
        self.state.place.map_points(&mut corners);
        self.cover(Area::around(corners));
    }

    /// Notes the lines that lie below an area.
    fn cover(&mut self, area: Option<Area>) {
        let Some(area) = area.map(|area| area.within(self.state.clip)) else {
            return;
        };
        let Some(left) = self.tests_left.checked_sub(self.glyphs.len()) else {
            return;
        };
        self.tests_left = left;
        let covered = &mut self.covered;
        self.glyphs.retain(|(point, line)| {
            let is_below = area.holds(*point);
            if is_below {
                covered.insert(*line);
            }
            !is_below
        });
    }

    /// Lays the comments, stamps, and fields of a page over it, and returns the lines that
    /// something lies over.
    pub(super) fn finish(mut self, document: &Document, page: &Dictionary) -> Vec<String> {
        self.state.clip = None;
        let list = page.get_deref(b"Annots", document).and_then(Object::as_array);
        for item in list.into_iter().flatten() {
            let Ok(annotation) = document.dereference(item).and_then(|(_, item)| item.as_dict()) else {
                continue;
            };
            let kind = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
            if !matches!(kind, b"Link" | b"Popup") {
                let sides = numbers::<4>(document, annotation, b"Rect");
                self.cover(sides.and_then(|[a, b, c, d]| Area::around([Point::from_xy(a, b), Point::from_xy(c, d)])));
            }
        }
        let covered = self.covered.iter().filter_map(|line| self.lines.get(*line));
        covered.map(|line| fold(line)).filter(|line| !line.is_empty()).collect()
    }
}

/// An area that holds every page.
const EVERYWHERE: Area = Area {
    left: f32::MIN,
    bottom: f32::MIN,
    right: f32::MAX,
    top: f32::MAX,
};

/// The corners of what is one unit wide and high.
const UNIT: [Point; 4] = [
    Point { x: 0.0, y: 0.0 },
    Point { x: 1.0, y: 0.0 },
    Point { x: 0.0, y: 1.0 },
    Point { x: 1.0, y: 1.0 },
];

/// Returns the corners of a picture or form.
fn corners_of(document: &Document, resources: &[&Dictionary], name: &[u8]) -> Option<[Point; 4]> {
    let object = resources.iter().find_map(|resources| {
        let group = resources
            .get_deref(b"XObject", document)
            .and_then(Object::as_dict)
            .ok()?;
        group.get_deref(name, document).and_then(Object::as_stream).ok()
    })?;
    let Some([left, bottom, right, top]) = numbers::<4>(document, &object.dict, b"BBox") else {
        return Some(UNIT);
    };
    let mut corners = [(left, bottom), (right, bottom), (left, top), (right, top)].map(|(x, y)| Point::from_xy(x, y));
    if let Some([a, b, c, d, e, f]) = numbers::<6>(document, &object.dict, b"Matrix") {
        Transform::from_row(a, b, c, d, e, f).map_points(&mut corners);
    }
    Some(corners)
}

/// Returns the numbers of an array.
fn numbers<const COUNT: usize>(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<[f32; COUNT]> {
    let list = dictionary.get_deref(key, document).and_then(Object::as_array).ok()?;
    let numbers = list
        .iter()
        .map(|one| one.as_float().ok())
        .collect::<Option<Vec<f32>>>()?;
    numbers.try_into().ok()
}
