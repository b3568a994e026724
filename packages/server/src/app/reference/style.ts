/** How the description of the API looks; in the page itself, as it is all that the page needs. */
export const REFERENCE_STYLE = `
:root{color-scheme:light dark;--ground:light-dark(#f5f7f6,#101614);--paper:light-dark(#fff,#18211e);--ink:light-dark(#16201d,#e8eeec);--soft:light-dark(#55635e,#a3b1ac);--line:light-dark(#d9e0dd,#2c3833);--brand:light-dark(#0f6b5c,#5cc9b4);font-family:system-ui,"Segoe UI",Roboto,Arial,sans-serif;line-height:1.45;background:var(--ground);color:var(--ink)}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:anywhere}
a{color:var(--brand)}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1rem;padding:.75rem 1rem;background:var(--paper);border-bottom:1px solid var(--line)}
nav,main{padding:1rem}
nav h2{font-size:1rem;margin:1rem 0 .25rem}
nav ul{margin:.25rem 0 .5rem;padding-left:1.25rem}
summary{min-height:1.5rem;padding:.2rem 0}
h1{font-size:1.5rem;margin:0 0 .5rem}
main>h2{font-size:1.3rem;margin:2.5rem 0 .5rem}
.call{margin:1rem 0;padding:1rem;background:var(--paper);border:1px solid var(--line);border-radius:12px;content-visibility:auto;contain-intrinsic-size:auto 30rem}
h3{font-size:1.1rem;margin:0 0 .25rem}
h4{font-size:.95rem;margin:1rem 0 .25rem}
p,li{margin:.35rem 0}
li{margin-left:1.25rem}
nav li{margin-left:0}
small{color:var(--soft);font-weight:400}
.path b{color:var(--brand)}
code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.875em}
pre{overflow:auto;max-height:24rem;padding:.75rem;background:var(--ground);border-radius:8px}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.925rem}
th,td{padding:.35rem .75rem .35rem 0;border-top:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600;min-width:8rem}
td:last-child{min-width:12rem}
th small{display:block}
td p{margin:0}
summary{cursor:pointer}
.answer{border-top:1px solid var(--line);padding:.35rem 0}
@media (min-width:60rem){body{display:grid;grid-template:"header header" auto "nav main" 1fr/19rem minmax(0,1fr)}header{grid-area:header}nav{position:sticky;top:0;max-height:100dvh;overflow:auto}main{max-width:64rem;padding:1.5rem 2rem}}
`;
