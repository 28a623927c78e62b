" The list of servers: the states and the explanations stand out.
syntax match Title /\%1l.*/
syntax match DiagnosticOk /\v  connected>/
syntax match DiagnosticInfo /\v  (connecting|signing in)>/
syntax match DiagnosticWarn /\v  (needs sign-in|needs approval|retrying)>/
syntax match DiagnosticError /\v  failed>/
syntax match Comment /^ \{6}.*/
