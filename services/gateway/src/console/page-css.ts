/** The style of the few pages the gateway makes itself. */
export const page_css = `:root { color-scheme: light dark; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875em; overflow-wrap: anywhere; }
pre { overflow: auto; }
nav a { margin-right: 0.75rem; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.5rem 0.75rem; }
summary { cursor: pointer; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; font-weight: normal; }
.get { color: #1a7f37; }
.post { color: #0969da; }
.put { color: #9a6700; }
.delete { color: #cf222e; }
`;
