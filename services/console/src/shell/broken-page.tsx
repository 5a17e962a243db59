import { useRouter } from "@tanstack/react-router";
import { ErrorCard } from "../ui/error-card.tsx";

/** When not even the caller's own name could be read: the server is away. */
export function BrokenPage({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <main className="mx-auto max-w-lg px-4 pt-[20vh]">
      <ErrorCard error={error} retry={() => router.invalidate()} />
    </main>
  );
}
