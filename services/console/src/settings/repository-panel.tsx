import { skillPath } from "@infraskill/contracts/skill";
import { useCallbackMode } from "../api/use-callback-mode.ts";
import { useSkills } from "../api/use-skills.ts";
import { FactRow } from "../ops/fact-row.tsx";
import { ExternalLink } from "../ui/external-link.tsx";
import { FilePath } from "../ui/file-path.tsx";
import { Panel } from "../ui/page.tsx";

const proofs = {
  oidc: "An OIDC token of GitHub, made for the one execution.",
  hmac: "A signature with a secret that the repository keeps.",
};

/** Where the skills live. Its address is that of their pull requests; the rest of its state stands on the Ops page. */
export function RepositoryPanel() {
  const mode = useCallbackMode();
  const { skills } = useSkills({});
  const address = skills?.find(({ pr_url }) => pr_url !== null)?.pr_url?.replace(/\/pull\/\d+$/, "");
  return (
    <Panel title="Repository" flush>
      <ul className="divide-y divide-line">
        <FactRow name="Holds the skills">
          {address === undefined ? (
            <span className="text-soft">known with the first pull request</span>
          ) : (
            <ExternalLink href={address}>{address.split("/").slice(-2).join("/")}</ExternalLink>
          )}
        </FactRow>
        <FactRow name="A skill is the file">
          <span className="whitespace-normal">
            <FilePath path={skillPath("name").replace("name", "‹name›")} />
          </span>
        </FactRow>
        <FactRow name="Runs prove themselves by" note={proofs[mode]}>
          <span className="uppercase">{mode}</span>
        </FactRow>
      </ul>
    </Panel>
  );
}
