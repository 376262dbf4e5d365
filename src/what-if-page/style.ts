/** What the page has beside the report's style sheet. */
export const style = `
form fieldset { border: 1px solid var(--line); padding: 1rem; margin: 0 0 1rem; min-width: 0; }
form legend { font-weight: 650; padding: 0 .4rem; }
form label { display: block; margin: .4rem 0 .15rem; }
form label.beside { display: flex; gap: .5rem; align-items: center; margin: .25rem 0; }
input, select, textarea, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--muted); border-radius: 3px; padding: .35rem .5rem; max-width: 100%; }
input[type=text], select, textarea { width: 100%; }
textarea { font-family: var(--mono); font-size: .875rem; }
button { cursor: pointer; background: var(--panel); }
.ask { font-weight: 650; border-color: var(--accent); }
.try { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 0 2rem; }
.steps { font-family: var(--mono); font-size: .875rem; padding-left: 3.5rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; background: var(--panel); padding: 1rem; max-height: 40rem; overflow: auto; }
#status { min-height: 1.6em; color: var(--muted); }
.solo { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
.solo h2 { margin: 2rem 0 1rem; }
.solo h3 { margin: 1.5rem 0 .5rem; }
`;
