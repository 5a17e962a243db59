import { Check, Moon, Sun, SunMoon } from "lucide-react";
import { BarMenu, MenuItem } from "../ui/menu.tsx";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "./theme.ts";

const choices = [
  { id: "light", label: "Light", icon: Sun },
  { id: "dark", label: "Dark", icon: Moon },
  { id: "system", label: "As the system", icon: SunMoon },
] as const satisfies readonly { id: ThemeChoice; label: string; icon: typeof Sun }[];

export function ThemeMenu() {
  const chosen = useThemeChoice();
  const Icon = choices.find(({ id }) => id === chosen)?.icon ?? SunMoon;
  return (
    <BarMenu label="Theme" icon={<Icon size={15} aria-hidden />}>
      {(close) =>
        choices.map(({ id, label, icon: Icon }) => (
          <MenuItem
            key={id}
            pressed={id === chosen}
            onSelect={() => {
              chooseTheme(id);
              close();
            }}
          >
            <Icon size={14} aria-hidden className="text-soft" />
            {label}
            {id === chosen && <Check size={14} aria-hidden className="ml-auto text-accent" />}
          </MenuItem>
        ))
      }
    </BarMenu>
  );
}
