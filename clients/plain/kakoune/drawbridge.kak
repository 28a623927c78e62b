# Drawbridge in Kakoune with kakoune-lsp (18 or newer). Goes into ~/.config/kak/autoload, or into the kakrc after kakoune-lsp.
# :lsp-code-actions on a server's entry in an mcp.json approves, signs in, restarts and signs out.

# Other JSON files keep the servers they have.
hook global BufSetOption filetype=json %{
    evaluate-commands %sh{
        case "$kak_bufname" in
        *mcp.json)
            printf %s 'set-option buffer lsp_servers %{
                [drawbridge]
                command = "drawbridge"
                args = ["lsp"]
                root_globs = [".vscode", ".cursor", ".drawbridge", ".mcp.json"]
            }'
            ;;
        esac
    }
}
