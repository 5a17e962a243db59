import "./app.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Toaster } from "sonner";
import { z } from "zod";
import { queryClient } from "./api/query-client.ts";
import { router } from "./router.ts";
import { reloadStaleBuild } from "./stale-build.ts";
import { onSignedOut } from "./session/signed-out.ts";

// The content security policy allows no `eval`; zod would try it for speed and be reported.
z.config({ jitless: true });

reloadStaleBuild();
onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === "/login") return;
  queryClient.removeQueries();
  void router.navigate({ to: "/login", search: { to: href } });
});

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster position="bottom-right" closeButton toastOptions={{ className: "infraskill-toast" }} />
    </QueryClientProvider>
  </StrictMode>,
);
