/** Added to the style of every page. Folded parts are printed unfolded. */
export const STYLE = `
main { max-width: 56rem }
h4 { font-size: 1rem; margin: 1rem 0 .25rem }
.title { font-size: 1.1rem; font-weight: bold }
.note { color: #4a4a4a; font-size: .875rem }
.warning { border: 3px solid #a40000; padding: .5rem 1rem; margin: 1rem 0 }
.warning > p:first-child { color: #a40000; font-size: 1.15rem }
.rule { border-left: 3px solid #cfdbe6; padding-left: .75rem; margin: .75rem 0 1.5rem }
.rule h4 { margin-top: 0 }
.conditions { padding-left: 1.75em }
.conditions > li { border-top: 1px solid #ddd; padding: .5rem 0 }
.conditions dl { grid-template-columns: 6.5em 1fr; margin: .25rem 0 }
blockquote { margin: .5rem 0; padding: .25rem .75rem; background: #f6f4ec; border-left: 3px solid #b9a76a }
blockquote footer { color: #4a4a4a; font-size: .8125rem }
code { font-family: ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace; font-size: .8125rem }
.lines { background: #f3f5f7; padding: .25rem .5rem; margin: .25rem 0; line-height: 1.5 }
.lines > div { display: grid; grid-template-columns: 5em 1fr }
.lines code { white-space: pre-wrap }
.number { color: #4a4a4a; font-size: .8125rem }
tbody th { font-weight: normal; min-width: 8em }
details { border-bottom: 1px solid #ddd; padding: .25rem 0 }
summary { cursor: pointer }
summary small { display: block }
@media (max-width: 30rem) {
  .conditions dl { grid-template-columns: 1fr }
  .conditions { padding-left: 1.25em }
  .lines > div { grid-template-columns: 1fr }
}
@media print {
  details::details-content { content-visibility: visible; display: block; height: auto }
  .conditions > li, blockquote { break-inside: avoid }
  h4, summary { break-after: avoid }
}
`;
