/** A program whose options run programs, write files or choose where it works. */
export type OptionProgram = {
  readonly name: RegExp;
  /** An option that shows it. */
  readonly option: string;
  /** Of its subcommands those that take a name of the caller's kind; undefined where only unquoted words are looked at, or there are none. */
  readonly subcommand?: RegExp;
  /** Options that take no word; behind any other a word is taken for its value. Undefined where a word as a whole does no harm. */
  readonly flags?: RegExp;
  /** Only the first word that is no option is looked at. */
  readonly first?: true;
};

export const optionPrograms: readonly OptionProgram[] = [
  { name: /^(?:auto)?ssh$/, option: "-oProxyCommand=… runs a program", flags: /^-[46AaCfGgKkMNnqsTtVvXxYy]+$/, first: true },
  { name: /^(?:scp|sftp)$/, option: "-oProxyCommand=… runs a program", flags: /^-[346ABCOpqrRsTv]+$/ },
  {
    name: /^git$/,
    option: "--upload-pack=… runs a program",
    subcommand: /^(?:fetch|clone|pull|push|ls-remote|checkout|archive)$/,
    flags: /^(?:-[aftknpqv4]+|--(?:quiet|verbose|progress|no-tags|tags|prune|force|all|bare|mirror|single-branch|no-checkout|recurse-submodules|unshallow|ff-only|no-ff|rebase|no-rebase|heads|exit-code|symref|detach|porcelain))$/,
  },
  {
    name: /^(?:bsd|g)?tar$/,
    option: "--checkpoint-action=exec=… runs a program",
    flags: /^(?:-[AcdrtuxzjJvpPkmSWhOZ]+|--(?:create|extract|list|append|update|gzip|bzip2|xz|zstd|verbose|dereference|preserve-permissions|no-same-owner|numeric-owner))$/,
  },
  {
    name: /^rsync$/,
    option: "--rsh=… runs a program",
    flags: /^(?:-[avzrlptgoDnhPHAXSKLWxuciqRbmF048]+|--(?:archive|verbose|compress|delete|delete-\w+|checksum|update|partial|progress|stats|dry-run|protect-args|quiet|recursive|links|perms|times|mkpath|inplace))$/,
  },
  { name: /^find$/, option: "-delete and -exec act at once", flags: /^-[HLP]$/, first: true },
  {
    name: /^curl$/,
    option: "-o… writes a file, -K… reads one",
    flags: /^(?:-[fgijklLNOqsSvI#046]+|--(?:fail|fail-with-body|silent|show-error|location|globoff|include|head|insecure|compressed|get|verbose|no-buffer|remote-name|retry-all-errors|retry-connrefused|http1\.1|http2|ipv4|ipv6|no-progress-meter))$/,
  },
  {
    name: /^wget$/,
    option: "-O… writes a file, --use-askpass=… runs a program",
    flags: /^(?:-(?:q|nv|v|c|N|S|nc|r|p|k|4|6)|--(?:quiet|no-verbose|continue|spider|no-check-certificate|content-disposition|server-response|recursive|timestamping))$/,
  },
  { name: /^zip$/, option: "-TT… runs a program", flags: /^-[rqjv0-9yXT]+$/ },
  { name: /^helm$/, option: "--post-renderer runs a program" },
  { name: /^(?:kubectl|oc)$/, option: "--kubeconfig=… and --server=… choose the cluster" },
  { name: /^(?:terraform|tofu)$/, option: "-chdir=… and -var=… choose what is applied" },
  { name: /^(?:docker|podman|nerdctl)$/, option: "--volume=/:/host and --privileged open the machine" },
  { name: /^ansible(?:-playbook)?$/, option: "--extra-vars and --inventory choose what runs where" },
]; // prettier-ignore
