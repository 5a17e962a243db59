import { ArrowUp } from "lucide-react";
import { Button } from "./button.tsx";

/** Says how many new rows wait above the ones that are being read, and shows them. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <Button size="sm" className="rounded-full! shadow-pop" onClick={onShow}>
      <ArrowUp size={13} aria-hidden /> {count} new
    </Button>
  );
}
