/**
 * Workflow files in shapes that people write and formatters do not: a title, and the text from column 0. Each has a job with steps, most have
 * something unusual about its YAML.
 */
export const oddWorkflows: Readonly<Record<string, string>> = {
  "four columns": `name: ci
on:
    push:
        branches: [main]
jobs:
    build:
        runs-on: ubuntu-latest
        steps:
            - uses: actions/checkout@v4
            - run: make
`,
  "one column": `on:
 push:
jobs:
 build:
  runs-on: ubuntu-latest
  steps:
   - run: make
   - run: make test
`,
  "lists at the column of their key": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
      with:
        fetch-depth: 0

    - name: build
      run: make
`,
  "two columns after the dash": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      -   name: one
          run: make
      -   name: two
          run: make test
`,
  "a dash on its own line": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      -
        name: one
        run: make
      -
        # about two
        name: two
        run: make test
`,
  "everything on one line": `{name: flow, on: {push: {branches: [main]}}, jobs: {build: {runs-on: ubuntu-latest, steps: [{run: make}, {run: make test}]}}}
`,
  "flow steps over several lines": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: [
      { uses: actions/checkout@v4 },   # first
      { run: "make test" }
    ]
`,
  JSON: `{
  "on": "push",
  "jobs": {
    "build": {
      "runs-on": "ubuntu-latest",
      "steps": [
        { "run": "make" },
        { "run": "make test" }
      ]
    }
  }
}
`,
  "quoted keys": `"on":
  'push':
    branches: ['main']
'jobs':
  "build":
    "runs-on": 'ubuntu-latest'
    "steps":
      - "run": 'make'
      - 'run': "make test"
`,
  "a document start": `---
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
      - run: make test
`,
  "a document end": `---
# head
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
      - run: make test
...
`,
  "a directive": `%YAML 1.2
---
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
      - run: make test
`,
  "comments everywhere": `# a licence
# in two lines

name: c # after the name
# before on
on: # after on
  # before push
  push: # after push
    # before branches
    branches: # after branches
      # before main
      - main # after main
      # behind main
# before jobs
jobs: # after jobs
  # before build
  build: # after build
    # before runs-on
    runs-on: ubuntu-latest # after runs-on
    # before steps
    steps: # after steps
      # before one
      - run: make # after one
        # inside one
      # before two
      - # after the dash
        run: make test
      # behind two
    # behind steps
  # behind build
# behind jobs
`,
  "comments that are deeper or shallower than what they are about": `on: push
jobs:
  build:
            # deep
    runs-on: ubuntu-latest
# shallow
    steps:
          # deep again
      - run: make
# shallow again
      - run: make test
        # the end
`,
  "a step that is commented out": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
      # - name: later
      #   run: make later
      - run: make test
      # - run: make last
`,
  "blank lines in a row": `on: push



jobs:


  build:

    runs-on: ubuntu-latest


    steps:

      - run: make



      - run: make test


`,
  "literal scripts": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          make

          # a comment of the shell
          make test
      - run: |-
          make last
`,
  "a script that keeps its blank lines": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |+
          make


      - run: |+
          make test


`,
  "a script with an indicator": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |2
            indented
          make
      - run: |4-
              make test
`,
  "folded scripts": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: >-
          make
          --jobs 4

          --keep-going
      - run: >
          make
            more indented
          test
`,
  "a plain scalar over lines": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: this name
          goes on
        run: make
          --jobs 4
      - run: make test
`,
  "quoted scalars over lines": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: "make \\
          --jobs 4"
      - run: 'make

          test'
`,
  "tabs in a script":
    "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          cat <<-EOF\n          \tindented by a tab\n          EOF\n      - run: make\ttest\n",
  "tabs before comments":
    "on: push\t# a tab\njobs:\n  build:\n    runs-on: ubuntu-latest\t# another\n    steps:\n      - run: make\t# and another\n      - run: make test\n",
  "text that looks like a comment": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: echo "# no comment" '# none' a#b
      - run: |
          # of the shell
          echo done # of the shell as well
`,
  "colons and dashes in values": `on: push
jobs:
  build:
    name: "build: all - of it"
    runs-on: ubuntu-latest
    steps:
      - name: a:b
        run: "echo: yes"
      - run: curl http://localhost:8080/- -o -
`,
  expressions: `on: push
jobs:
  build:
    runs-on: \${{ matrix.os }}
    strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }
    steps:
      - if: \${{ !cancelled() && github.ref == 'refs/heads/main' }}
        run: echo \${{ toJSON(github.event) }}
      - if: "!cancelled()"
        run: make test
`,
  "a matrix": `on: push
jobs:
  build:
    strategy:
      fail-fast: false
      matrix:
        node: [18, 20, 22] # all that live
        os:
          - ubuntu-latest
          # - macos-latest
          - windows-latest
        include:
          - { node: 22, os: macos-latest }
        exclude:
          - node: 18
            os: windows-latest
    runs-on: \${{ matrix.os }}
    steps:
      - run: make
      - run: make test
`,
  "a reusable workflow": `on:
  workflow_call:
    inputs:
      environment:
        type: string
        required: true
    secrets:
      token: { required: true }
    outputs:
      version:
        value: \${{ jobs.build.outputs.version }}
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: { version: "\${{ steps.v.outputs.v }}" }
    steps:
      - id: v
        run: echo "v=1" >> "$GITHUB_OUTPUT"
      - run: make
`,
  "a caller of reusable workflows": `on: push
jobs:
  call:
    uses: ./.github/workflows/other.yml
    with:
      environment: test
    secrets: inherit
  build:
    needs: call
    runs-on: ubuntu-latest
    steps:
      - run: make
      - run: make test
`,
  "a dispatch with inputs": `on:
  workflow_dispatch:
    inputs:
      # the first
      one: { type: string, required: true } # one
      two:
        description: >-
          in several
          lines
        type: choice
        options: [a, b]

      three:
        type: boolean
        default: false
jobs:
  execute:
    runs-on: ubuntu-latest
    env:
      ONE: \${{ inputs.one }}
    steps:
      - run: make "$ONE"
      - run: make test
`,
  "a dispatch in flow": `on: { workflow_dispatch: { inputs: { one: { type: string } } }, push: { branches: [main] } }
jobs:
  execute:
    runs-on: ubuntu-latest
    steps: [{ run: make }, { run: make test }]
`,
  "a dispatch without inputs": `on:
  workflow_dispatch:
  push:
jobs:
  execute:
    runs-on: ubuntu-latest
    steps:
      - run: make
      - run: make test
`,
  "a list of triggers": `on: [push, pull_request, workflow_dispatch]
jobs:
  execute:
    runs-on: [self-hosted, linux, x64]
    steps:
      - run: make
      - run: make test
`,
  "triggers below each other": `on:
- push
- workflow_dispatch
jobs:
  execute:
    runs-on:
    - self-hosted
    - linux
    steps:
    - run: make
    - run: make test
`,
  "jobs before triggers": `jobs:
  build:
    steps:
      - run: make
      - run: make test
    runs-on: ubuntu-latest
permissions:
  contents: read
on: push
name: backwards
`,
  anchors: `on: push
env: &env
  A: 1
jobs:
  build:
    runs-on: ubuntu-latest
    env: *env
    steps: &steps
      - run: make
      - run: make test
  again:
    runs-on: windows-latest
    steps: *steps
`,
  "a merge key": `on: push
x-defaults: &defaults
  runs-on: ubuntu-latest
  timeout-minutes: 5
jobs:
  build:
    <<: *defaults
    steps:
      - run: make
      - run: make test
`,
  "services and a container": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    container: { image: "node:22", options: --cpus 1 }
    services:
      db:
        image: postgres:18
        ports: ["5432:5432"]
        options: >-
          --health-cmd pg_isready
          --health-interval 10s
    steps:
      - run: make
      - run: make test
`,
  "values that are null": `on:
  push:
  pull_request: ~
permissions:
env:
  EMPTY:
  ALSO: null
jobs:
  build:
    runs-on: ubuntu-latest
    env:
    steps:
      - run: make
        env:
      - run: make test
`,
  "empty collections": `on: push
permissions: {}
env: {}
jobs:
  build:
    runs-on: ubuntu-latest
    needs: []
    permissions: {   }
    steps:
      - run: make
        with: {}
      - run: make test
`,
  "other writing systems": `name: Überprüfung 検査 🚀
on: push
jobs:
  build:
    name: "ビルド"
    runs-on: ubuntu-latest
    steps:
      - name: Größe prüfen 👩‍💻 # ein Kommentar
        run: echo "é"
      - run: make test
`,
  "a long line": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${"--with-a-long-option ".repeat(300)}
      - run: make test # ${"and a long remark ".repeat(200)}
`,
  "keys in the order of whoever wrote them": `on: push
jobs:
  build:
    steps:
      - run: make
        shell: bash
        if: always()
        name: one
        id: one
      - with: { node-version: 22 }
        uses: actions/setup-node@v4
    runs-on: ubuntu-latest
    timeout-minutes: 3 # short
    permissions: read-all # for now
`,
  "numbers and booleans of old": `on: push
jobs:
  build:
    runs-on: ubuntu-22.04
    timeout-minutes: 0x10
    continue-on-error: no
    env: { A: 010, B: 1_000, C: 1e3, D: yes, E: 12:30, F: .5 }
    steps:
      - run: make
      - run: make test
        continue-on-error: TRUE
`,
  "two jobs on one anchor of a step": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - &checkout
        uses: actions/checkout@v4
      - run: make
  test:
    runs-on: ubuntu-latest
    steps:
      - *checkout
      - run: make test
`,
};
