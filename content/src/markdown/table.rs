//! Where a table's cells stand: the writer asks whether a cell is a header and how its column is aligned.

use pulldown_cmark::Alignment;

#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Table {
        Table { alignments, column: 0, in_head: false }
    }

    pub(super) fn row(&mut self, in_head: bool) {
        self.column = 0;
        self.in_head = in_head;
    }

    pub(super) fn cell_name(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }

    /// The opening tag of the next cell. Alignment is a class, because a page's content security policy allows no style
    /// attribute.
    pub(super) fn open_cell(&mut self) -> String {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => r#" class="left""#,
            Some(Alignment::Center) => r#" class="center""#,
            Some(Alignment::Right) => r#" class="right""#,
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        format!("<{}{class}>", self.cell_name())
    }
}
