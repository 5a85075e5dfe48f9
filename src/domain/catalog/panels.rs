use std::ops::Range;

use super::html::Attribute;

/// The texts of a page's panels, unescaped, one after another, and the way back from them to the
/// page.
#[derive(Debug, Default)]
pub(super) struct Panels {
    pub source: String,
    /// Where each panel's text is in the source.
    pub ranges: Vec<Range<usize>>,
    /// Bytes of the source and of the page that belong together, rising. Between two of them both
    /// texts are the same, but for the entity before the second.
    anchors: Vec<(usize, usize)>,
}

impl Panels {
    pub fn push(&mut self, attribute: Attribute) {
        let Attribute { value, offset, .. } = attribute;
        let start = self.source.len();
        self.anchors.push((start, offset));
        let mut from = 0;
        for to in value.match_indices('&').map(|(at, _)| at).chain([value.len()]) {
            self.push_segment(&value[from..to], offset + from);
            from = to;
        }
        self.ranges.push(start..self.source.len());
        // Nothing of one panel may run into the next.
        self.source.push('\n');
    }

    /// Stands for a byte of the page among those of the source: it lies behind the end of the source.
    pub fn on_page(&self, offset: usize) -> usize {
        self.source.len() + offset
    }

    /// Where on the page a byte of the source stands, or a byte that [`on_page`](Self::on_page) gave.
    pub fn page_offset(&self, offset: usize) -> usize {
        if let Some(on_page) = offset.checked_sub(self.source.len()) {
            return on_page;
        }
        let behind = self.anchors.partition_point(|&(source, _)| source <= offset);
        let (source, page) = behind.checked_sub(1).map_or((0, 0), |nth| self.anchors[nth]);
        page + (offset - source)
    }

    /// A text that has no `&` but at its beginning.
    fn push_segment(&mut self, escaped: &str, page: usize) {
        let text = htmlize::unescape_attribute(escaped);
        if text != escaped {
            let pairs = text.bytes().rev().zip(escaped.bytes().rev());
            let same = pairs.take_while(|(a, b)| a == b).count();
            let entity = self.source.len() + text.len() - same;
            self.anchors.push((self.source.len(), page));
            self.anchors.push((entity, page + escaped.len() - same));
        }
        self.source.push_str(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panels(value: &str) -> Panels {
        let mut panels = Panels::default();
        panels.push(Attribute {
            name: "a",
            value,
            offset: 100,
            closed: true,
            is_expression: false,
        });
        panels
    }

    #[test]
    fn entities_are_read_by_name_and_by_number() {
        for (escaped, text) in [
            ("&quot;&#34;&#x22;&#X22;&QUOT;", "\"\"\"\"\""),
            ("a&amp;b&amp;amp;&eacute;", "a&b&amp;é"),
            ("x?a=1&copy=2&b & c", "x?a=1&copy=2&b & c"),
            ("&#0;&#xd800;&#x110000;&#;&", "\u{fffd}\u{fffd}\u{fffd}&#;&"),
        ] {
            assert_eq!(panels(escaped).source, format!("{text}\n"), "{escaped}");
        }
    }

    #[test]
    fn every_byte_leads_back_to_the_page() {
        let escaped = "[&#x22;ab&quot;,é&copy=&amp;]";
        let panels = panels(escaped);
        for (needle, at) in [("[", 0), ("\"a", 1), ("ab", 7), ("\",", 9), (",", 15), ("]", 29)] {
            let offset = panels.source.find(needle).expect(needle);
            assert_eq!(panels.page_offset(offset), 100 + at, "{needle}");
        }
        assert_eq!(panels.page_offset(panels.source.find('&').expect("copied") + 6), 100 + 24);
    }
}
