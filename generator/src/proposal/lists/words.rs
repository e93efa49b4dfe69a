//! Names of parameters and properties of lists, without case and separators, best first.

/// Parameters with a page number.
pub(super) const PAGES: [&str; 8] =
    ["page", "pagenumber", "pageno", "pageindex", "pagenum", "currentpage", "pagenr", "pagepage"];
pub(super) const OFFSETS: [&str; 7] = ["offset", "skip", "startindex", "startat", "pageoffset", "startoffset", "start"];
pub(super) const CURSORS: [&str; 21] = [
    "cursor",
    "after",
    "startingafter",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "continuationtoken",
    "continuation",
    "marker",
    "startcursor",
    "nextcursor",
    "pagecursor",
    "pageafter",
    "afterid",
    "paginationtoken",
    "scrollid",
    "bookmark",
    "continue",
    "nextpage",
    "cursorid",
    "aftercursor",
];
/// Names that mean a cursor only if the response has the next one.
pub(super) const WEAK_CURSORS: [&str; 3] = ["token", "pagestart", "page"];
pub(super) const SIZES: [&str; 16] = [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "maxresults",
    "maxitems",
    "top",
    "pagelimit",
    "itemsperpage",
    "max",
    "resultsperpage",
    "take",
    "numresults",
    "count",
    "first",
    "maxpagesize",
];
/// Values in responses.
pub(super) const NEXT_CURSORS: [&str; 20] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "endcursor",
    "nextstartcursor",
    "nextmarker",
    "nextkey",
    "continuationtoken",
    "nextid",
    "nextpage",
    "next",
    "after",
    "cursor",
    "paginationtoken",
    "continuation",
    "scrollid",
    "bookmark",
    "pagetoken",
    "marker",
];
pub(super) const NEXT_URLS: [&str; 10] = [
    "nexturl",
    "nextpageurl",
    "nextpageuri",
    "nextlink",
    "odatanextlink",
    "nexthref",
    "nextpagelink",
    "nexturi",
    "nextpage",
    "next",
];
pub(super) const MORE: [&str; 6] = ["hasmore", "hasnext", "hasnextpage", "more", "moreresults", "hasmoreresults"];
pub(super) const TOTALS: [&str; 10] = [
    "totalcount",
    "total",
    "totalresults",
    "totalitems",
    "totalelements",
    "totalentries",
    "totalrecords",
    "totalsize",
    "totalrows",
    "recordstotal",
];
pub(super) const TOTAL_PAGES: [&str; 6] = ["totalpages", "pagecount", "lastpage", "numpages", "pagestotal", "pages"];
/// Arrays of rows.
pub(super) const ROWS: [&str; 9] =
    ["data", "items", "results", "records", "entries", "values", "content", "rows", "list"];
/// Parameters that are cursors even if they are numbers.
pub(super) const NUMBERS: [&str; 6] = ["cursor", "after", "nextcursor", "pagecursor", "continuation", "marker"];
/// Parameters for a cursor that is the id of a row.
pub(super) const AFTER_ROW: [&str; 3] = ["startingafter", "afterid", "after"];
