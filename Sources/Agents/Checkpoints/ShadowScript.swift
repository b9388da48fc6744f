/// What git is told, as scripts for `sh`; names and numbers come as arguments, paths on standard input.
enum ShadowScript {
    /// Prints the number of the new snapshot and the name of its tree. Arguments: its kind. Input: paths to keep although they are ignored.
    ///
    /// Settings are in the repository's own file: bytes are kept as they are, whatever `.gitattributes` says.
    static let snapshot = script(
        """
        set -eu
        if [ ! -f "$GIT_DIR/neo-ready" ]; then
            env -u GIT_DIR -u GIT_WORK_TREE git init -q --bare "$GIT_DIR" >/dev/null
            for setting in core.bare=false core.autocrlf=false core.fsmonitor=false core.hooksPath=/dev/null \
                core.attributesFile=/dev/null core.excludesFile=/dev/null core.compression=1 core.protectNTFS=false \
                core.protectHFS=false core.symlinks=true gc.auto=0 advice.addEmbeddedRepo=false; do
                git config "${setting%%=*}" "${setting#*=}"
            done
            mkdir -p "$GIT_DIR/info"
            echo '* -text -filter -ident -working-tree-encoding -diff' > "$GIT_DIR/info/attributes"
            : > "$GIT_DIR/neo-ready"
        fi
        rm -f "$GIT_DIR/index.lock"
        cat > /tmp/named
        # Names with ends of lines cannot be left out; they are kept whatever their size.
        escape() { sed -e 's/[][*?\\\\]/\\\\&/g' -e 's/ $/\\\\ /' -e 's/^/\\//'; }
        {
            echo '/.neo/'
            find . -xdev -mindepth 2 -name .git -prune -printf '%h\\n' | sed 's/^\\.\\///' | head -n 2000 | escape
            find . -xdev -name .git -prune -o -path ./.neo -prune -o -type f -size +20480k -printf '%P\\n' \
                | head -n 20000 | escape
        } > "$GIT_DIR/info/exclude"
        # What grew too large, or became a repository, is not kept any more.
        git ls-files -z -c -i --exclude-from="$GIT_DIR/info/exclude" \
            | git update-index -z --force-remove --stdin
        count=$(find . -xdev -name .git -prune -o -path ./.neo -prune -o -type f -print | head -n 300001 | wc -l)
        if [ "$count" -gt 300000 ]; then
            echo "the workspace has more than 300000 files" >&2
            exit 3
        fi
        git add -A --ignore-errors -- . 2>/tmp/problems || true
        while IFS= read -r -d '' path || [ -n "$path" ]; do
            # Only what is a file: a folder would bring all that is ignored in it.
            if [ -f "$path" ] && [ ! -L "$path" ] && [ "$(stat -c %s -- "$path")" -le 20971520 ]; then
                git add -f --ignore-errors -- ":(literal)$path" 2>/tmp/problems || true
            fi
        done < /tmp/named
        tree=$(git write-tree)
        last=$(git for-each-ref --format='%(refname:lstrip=2)' refs/neo | tail -n 1)
        number=$((1${last%%-*} - 1000000 + 1)) 2>/dev/null || number=1
        [ -n "$last" ] || number=1
        id=$(printf '%06d' "$number")
        git update-ref "refs/neo/$id-$1" "$tree"
        echo "$id $tree"
        """)

    /// Prints `NUMBER-KIND` of each snapshot, in order.
    static let list = script("git for-each-ref --format='%(refname:lstrip=2)' refs/neo") + ["list"]

    /// Prints the paths that differ between two snapshots.
    static let changes = script(#"git diff-tree -r -z --no-renames --name-only "refs/neo/$1" "refs/neo/$2""#)

    /// Prints the paths of a snapshot.
    static let names = script(#"git ls-tree -r -z --name-only "refs/neo/$1""#)

    /// Arguments: a snapshot, and how many of the paths on standard input are to be removed; the rest is brought back.
    static let restore = script(
        """
        set -eu
        export GIT_INDEX_FILE=/tmp/index
        git read-tree "refs/neo/$1"
        cat > /tmp/paths
        head -z -n "$2" /tmp/paths > /tmp/gone
        tail -z -n "+$(($2 + 1))" /tmp/paths > /tmp/back
        # A folder that became a link is not followed.
        while IFS= read -r -d '' path; do
            folder=$(dirname -- "./$path")
            case "$(readlink -f -- "$folder")/" in
                "$GIT_WORK_TREE"/*) ;;
                *) continue ;;
            esac
            rm -f -- "./$path"
            rmdir -p --ignore-fail-on-non-empty -- "$folder" 2>/dev/null || true
        done < /tmp/gone
        git checkout-index -f -z --stdin < /tmp/back
        """)

    private static func script(_ text: String) -> [String] { ["/bin/bash", "-c", text] }
}
