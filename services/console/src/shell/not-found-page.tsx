import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";

export function NotFoundPage() {
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  return (
    <main className="mx-auto grid max-w-lg gap-4 px-4 pt-[16vh]">
      <div>
        <h1 className="text-xl font-semibold">There is no such page</h1>
        <p className="text-soft">The address may be mistyped, or what it named is gone. Look for a skill instead:</p>
      </div>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ to: "/skills", search: q === "" ? {} : { q } });
        }}
      >
        <input
          type="search"
          aria-label="Search skills"
          className="field"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <Button type="submit">
          <Search size={14} aria-hidden /> Search
        </Button>
      </form>
    </main>
  );
}
