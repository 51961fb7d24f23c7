/** How the page looks: light and dark, on a phone, on a wide screen and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f5f7f9; --ink: #1b2127; --quiet: #55606b; --line: #d4dae0;
  --accent: #00558a; --warn-ground: #fff4dc; --warn-ink: #5c3d00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11161b; --raised: #1a2128; --ink: #e7ecf1; --quiet: #a5b1bd; --line: #36414c;
    --accent: #74bdec; --warn-ground: #382b0e; --warn-ink: #ffdf9e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-top: 1rem; }
article > header { margin-bottom: .5rem; }
.headlines { padding-left: 1.4rem; margin: .75rem 0 1rem; }
.headlines li { max-width: none; }
.headlines a { font-weight: 600; }
.found { list-style: none; padding: 0; }
.found > li { border-top: 2px solid var(--line); padding: .6rem 0; min-width: 0; }
.found a { font-size: .875rem; }
.found .headline { font-size: 1.1rem; font-weight: 650; line-height: 1.3; margin: .1rem 0 .5rem; }
.found figure { margin: 0; max-width: 40rem; }
.found .copy { margin: .25rem 0 0; }
.copy { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; font-size: .8125rem; color: var(--quiet); }
.copy button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: .3rem; padding: .1rem .5rem; min-height: 1.75rem; cursor: pointer; }
pre { overflow-x: auto; background: var(--raised); padding: .75rem; border-radius: .4rem; }
#live.busy { color: var(--ink); font-weight: 600; }
footer { color: var(--quiet); font-size: .875rem; padding-bottom: 2rem; }
h1 { font-size: 1.1rem; font-weight: 600; color: var(--quiet); margin: 0; }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .75rem; }
h2.document { border-top: 4px solid var(--accent); padding-top: 1rem; margin-top: 3rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p { margin: 0 0 .6rem; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.subtitle, .note, figcaption, caption { color: var(--quiet); font-size: .875rem; }
.answer { font-size: clamp(1.35rem, 1.1rem + 1.3vw, 1.8rem); line-height: 1.25; font-weight: 650;
  margin: 1.25rem 0 .5rem; max-width: none; }
.besides { font-size: 1.1rem; margin-bottom: 1.5rem; }
ul { padding-left: 1.25rem; margin: 0 0 .75rem; }
li { margin: .2rem 0; max-width: 46rem; }
.warning { background: var(--warn-ground); color: var(--warn-ink); padding: .6rem .9rem; border-radius: .4rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .9rem; margin: 0 0 1.5rem; }
.card { background: var(--raised); border-radius: .6rem; padding: .9rem 1rem; }
.card .name { font-size: .8125rem; font-weight: 600; color: var(--quiet); }
.card p { margin: 0; font-size: .875rem; }
.card .figure { font-size: 1.2rem; font-weight: 650; line-height: 1.3; margin: .15rem 0 .25rem; }
nav li { max-width: none; margin: 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin: .75rem 0; padding: .4rem 0;
  border: solid var(--line); border-width: 1px 0; }
section { margin: 1.75rem 0; scroll-margin-top: 1rem; }
figure { margin: 0 0 1.5rem; }
svg { max-width: 100%; height: auto; display: block; overflow: visible; font-family: inherit; }
.narrow { display: none; }
.switch { border: 0; margin: 0 0 1rem; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; align-items: baseline; }
.switch[hidden] { display: none; }
.switch legend { float: left; padding: 0; margin-right: .9rem; color: var(--quiet); font-size: .875rem; }
.switch label { display: inline-flex; align-items: center; gap: .4rem; min-height: 1.75rem; }
input { accent-color: var(--accent); }
[data-unit]:not([data-unit="facts"]) { display: none; }
section:has(input[value="mb"]:checked) [data-unit], section:has(input[value="cpu"]:checked) [data-unit] { display: none; }
section:has(input[value="mb"]:checked) [data-unit="mb"] { display: block; }
section:has(input[value="cpu"]:checked) [data-unit="cpu"] { display: block; }
details { margin: 0 0 1rem; }
summary { cursor: pointer; color: var(--accent); font-weight: 600; padding: .3rem 0; width: fit-content; }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; width: 100%; }
caption { text-align: left; padding: 0 0 .4rem; }
th, td { padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
td { white-space: nowrap; }
.number { text-align: right; }
.number + .text { padding-left: 1rem; }
.number small { display: block; color: var(--quiet); font-size: .75rem; }
tbody th { font-weight: 500; white-space: nowrap; }
thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom; border-bottom-width: 2px; white-space: normal; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
th button:hover { color: var(--accent); }
[aria-sort="ascending"] button::after { content: " \\2191"; }
[aria-sort="descending"] button::after { content: " \\2193"; }
.off { opacity: .12; }
tr.off { display: none; }
.disk { background: var(--raised); border-radius: .6rem; padding: 1rem; margin: 0 0 1rem;
  display: grid; grid-template-columns: auto 1fr 7rem; gap: .4rem 1rem; align-items: center; }
.disk[hidden] { display: none; }
.disk input { width: 100%; min-height: 1.75rem; margin: 0; }
.disk output { font-weight: 650; font-size: 1.1rem; text-align: right; white-space: nowrap; }
.disk .judged { grid-column: 1 / -1; margin: 0; min-height: 3em; }
.what-if { stroke: var(--accent); fill: var(--accent); }
dl { margin: 0 0 1rem; }
dl div { display: grid; grid-template-columns: 8rem 1fr; gap: .25rem 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
@media (min-width: 75rem) {
  /* A chart takes the width that there is; two that follow each other stand side by side. */
  .wide > svg { width: 100%; max-width: 72rem; }
  .half { display: inline-block; vertical-align: top; width: calc(50% - 1.25rem); margin-right: 1rem; }
  .found { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; }
  .found .half { display: block; width: auto; margin: 0; }
}
@media (max-width: 44rem) {
  main, footer { padding-left: 1rem; padding-right: 1rem; }
  .wide { display: none; }
  .narrow { display: block; }
  .disk { grid-template-columns: 1fr auto; }
  .disk input { grid-column: 1 / -1; grid-row: 2; }
  dl div { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  :root { --ground: #fff; --raised: #f5f7f9; --ink: #000; --quiet: #444; --line: #bbb; --accent: #00558a; }
  body { font-size: 10pt; }
  main, footer { max-width: none; padding: 0; }
  nav, .switch, .disk, summary, .copy, #live { display: none; }
  .wide { display: block; }
  .narrow { display: none; }
  .scroll { overflow: visible; }
  figure, .card, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
