import { html } from "../html.ts";

/** What stands at / where no console is built. */
export const landing_page = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>infraskill</title>
      <link rel="stylesheet" href="/page.css" />
    </head>
    <body>
      <h1>infraskill</h1>
      <p>Infrastructure runbooks as reviewed buttons. The console is not built here; everything can be done by API.</p>
      <ul>
        <li><a href="/api/docs">The API</a>, as a page</li>
        <li><a href="/api/openapi.json">The API</a>, as OpenAPI 3.1</li>
        <li><a href="/ops/queues">The queues</a> (any user name, an admin token as password)</li>
        <li><a href="/readyz">The state of each dependency</a></li>
      </ul>
    </body>
  </html>`.text;
