//! Removes from the finished structure tree what nothing was painted for.
//!
//! In: the tree as the flow built it, and the pages. Out: the same tree without contents
//! that are painted nowhere and without elements that hold nothing. Guaranteed: table
//! cells stay, empty or not, so that rows keep their columns; nodes are numbered anew, in
//! the order they had. Absent: the order of the tree, which stays.

use crate::layout::frame::{Item, Kid, Mark, NodeId, Page, Role, Structure, Target};

/// Takes out of the tree what has nothing painted, such as a space at the end of
/// a link, or a paragraph of raw HTML.
pub(crate) fn prune_structure(structure: &mut Structure, pages: &mut [Page]) {
    let mut painted = vec![false; structure.contents as usize];
    for item in pages.iter().flat_map(|page| &page.items) {
        let mark = match item {
            Item::Text(run) => run.mark,
            Item::Rule { mark, .. } | Item::Image { mark, .. } => *mark,
        };
        if let Mark::Content(id) = mark {
            painted[id.0 as usize] = true;
        }
    }
    // A node is added after its parent, so that going backwards meets kids first.
    let mut kept = vec![true; structure.nodes.len()];
    for index in (0..structure.nodes.len()).rev() {
        let node = &mut structure.nodes[index];
        node.kids.retain(|kid| match kid {
            Kid::Content(id) => painted[id.0 as usize],
            Kid::Node(id) => kept[id.0 as usize],
        });
        let needed = matches!(node.role, Role::TableHeader | Role::RowHeader | Role::TableCell) || index == 0;
        kept[index] = needed || !node.kids.is_empty();
    }
    if kept.iter().all(|&kept| kept) {
        return;
    }
    let mut next = 0;
    let numbers: Vec<u32> = kept
        .iter()
        .map(|&kept| {
            let number = next;
            next += u32::from(kept);
            number
        })
        .collect();
    let renumber = |id: &mut NodeId| *id = NodeId(numbers[id.0 as usize]);
    let mut index = 0;
    structure.nodes.retain(|_| {
        index += 1;
        kept[index - 1]
    });
    for node in &mut structure.nodes {
        for kid in &mut node.kids {
            if let Kid::Node(id) = kid {
                renumber(id);
            }
        }
        if let Some(Target::Node(id)) = &mut node.target {
            if kept[id.0 as usize] {
                renumber(id);
            } else {
                node.target = None;
            }
        }
    }
    for page in pages {
        page.links.retain(|link| kept[link.node.0 as usize]);
        for link in &mut page.links {
            renumber(&mut link.node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::frame::{Node, Rect};
    use crate::model::units::Pt;

    #[test]
    fn what_is_not_painted_goes_and_the_rest_is_numbered_anew() {
        let mut structure = Structure::default();
        let empty = structure.add(Structure::ROOT, Node::new(Role::Paragraph));
        structure.content(empty);
        let row = structure.add(Structure::ROOT, Node::new(Role::TableRow));
        structure.add(row, Node::new(Role::TableCell));
        let full = structure.add(Structure::ROOT, Node::new(Role::Paragraph));
        let content = structure.content(full);
        let mut page = Page::default();
        page.items.push(Item::Rule {
            area: Rect::default(),
            color: crate::layout::frame::Color::BLACK,
            mark: Mark::Content(content),
        });
        page.links.push(crate::layout::frame::LinkArea {
            area: Rect {
                width: Pt(1.0),
                ..Rect::default()
            },
            node: full,
        });
        let mut pages = [page];
        prune_structure(&mut structure, &mut pages);
        let roles: Vec<Role> = structure.nodes.iter().map(|node| node.role).collect();
        assert_eq!(
            roles,
            vec![Role::Document, Role::TableRow, Role::TableCell, Role::Paragraph]
        );
        assert_eq!(
            structure.node(Structure::ROOT).kids,
            vec![Kid::Node(NodeId(1)), Kid::Node(NodeId(3))]
        );
        assert_eq!(pages[0].links[0].node, NodeId(3));
    }
}
