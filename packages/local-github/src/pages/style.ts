/** The whole look: system fonts, light and dark by the reader's setting. */
export const style = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0d1117);--soft:light-dark(#f6f8fa,#151b23);--line:light-dark(#d1d9e0,#3d444d);
--text:light-dark(#1f2328,#f0f6fc);--dim:light-dark(#59636e,#9198a1);--link:light-dark(#0969da,#4493f8);--good:light-dark(#1a7f37,#3fb950);
--bad:light-dark(#cf222e,#f85149);--wait:light-dark(#9a6700,#d29922);--done:light-dark(#8250df,#ab7df8);
--add:light-dark(#dafbe1,#12261e);--del:light-dark(#ffebe9,#25171c);--hunk:light-dark(#ddf4ff,#121d2f)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:4px 8px}
header{background:var(--soft);border-bottom:1px solid var(--line);padding:12px 24px 0}
header h1{font-size:18px;font-weight:400;margin:0 0 8px}header h1 b{font-weight:600}
nav{display:flex;gap:4px;flex-wrap:wrap}nav a{color:var(--text);padding:8px 12px;border-bottom:2px solid transparent}
nav a[aria-current]{border-color:#fd8c73;font-weight:600}
main{max-width:1100px;margin:24px auto;padding:0 24px}
h2{font-size:24px;font-weight:400;margin:0 0 8px}h2 small{color:var(--dim)}h3{font-size:14px;margin:24px 0 8px}
.dim{color:var(--dim)}.mono,code,pre{font:12px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.box{border:1px solid var(--line);border-radius:6px;margin:0 0 16px;overflow:hidden}
.box>.head{background:var(--soft);padding:8px 16px;border-bottom:1px solid var(--line);display:flex;gap:12px;align-items:center;flex-wrap:wrap}
.box>.body{padding:12px 16px}.rows>*{padding:8px 16px;border-top:1px solid var(--line);display:flex;gap:12px;align-items:baseline;flex-wrap:wrap}
.rows>*:first-child{border-top:0}.rows .push{margin-left:auto}
pre{margin:0;padding:0;overflow-x:auto;white-space:pre;tab-size:4}pre.text{padding:12px 16px}
pre .l{display:block;padding:0 16px;min-width:max-content}pre .l::before{content:attr(data-n);display:inline-block;width:4em;margin-right:16px;text-align:right;color:var(--dim);user-select:none}
.diff .l::before{content:none}.diff .add{background:var(--add)}.diff .del{background:var(--del)}.diff .hunk{background:var(--hunk);color:var(--dim)}
.pill{display:inline-flex;align-items:center;gap:6px;border-radius:2em;padding:3px 12px;font-weight:500;color:#fff;background:#59636e}
.pill.open,.pill.success{background:#1a7f37}.pill.closed,.pill.failure,.pill.timed_out,.pill.startup_failure{background:#cf222e}.pill.merged{background:#8250df}
.pill.in_progress,.pill.queued,.pill.waiting,.pill.pending{background:#9a6700}
.state{font-weight:600}.state.success{color:var(--good)}.state.failure,.state.timed_out,.state.startup_failure{color:var(--bad)}
.state.in_progress,.state.queued,.state.waiting,.state.pending{color:var(--wait)}.state.skipped,.state.cancelled{color:var(--dim)}
.label{border:1px solid var(--line);border-radius:2em;padding:0 8px;font-size:12px}
button{font:inherit;font-weight:500;color:var(--text);background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:5px 16px;cursor:pointer}
button:hover{border-color:var(--dim)}button.primary{background:#1f883d;border-color:#1f883d;color:#fff}button:disabled{opacity:.5;cursor:not-allowed}
form{display:inline-flex;gap:8px;margin:0;flex-wrap:wrap;align-items:center}form.stack{display:grid;gap:8px;justify-items:start}
input,textarea,select{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:5px 8px;min-width:20em;max-width:100%}
.flash{border:1px solid var(--bad);border-radius:6px;padding:8px 16px;margin:0 0 16px}
summary{cursor:pointer;padding:6px 16px;display:list-item}.log{background:light-dark(#f6f8fa,#010409)}
.log .error{color:var(--bad)}.log .warning{color:var(--wait)}.log .command{color:var(--link)}.log .group{font-weight:600}
.clone{user-select:all}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:6px 16px;border-top:1px solid var(--line);vertical-align:top}th{font-weight:600}
@media(max-width:600px){main,header{padding-left:12px;padding-right:12px}input,textarea,select{min-width:0;width:100%}}
`;
