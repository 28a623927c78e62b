;;; drawbridge.el --- MCP servers with sign-in  -*- lexical-binding: t; -*-

;; Author: The Drawbridge authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: tools, comm
;; URL: https://github.com/drawbridge/drawbridge
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Drawbridge connects to MCP servers and signs you in to those that want
;; it.  One process per user does the work for all editors, so you sign in
;; once per account.
;;
;; `M-x drawbridge' lists your servers.  There, `a' signs in, `o' signs out,
;; `r' restarts, `s' stops, `e' enables or disables, `p' approves a server
;; that a workspace brings, `t' shows the tools, `l' the log, and `?' these
;; keys.  While a sign-in runs, `c' ends it with the address the browser ended
;; at and `x' cancels it.
;;
;; When a server needs a sign-in, a message and the mode line say so.  No
;; browser opens until you ask for it with `M-x drawbridge-authenticate'.
;; Where there is no browser (SSH, a container), the address is shown and
;; copied, and the address that your browser ends at is pasted.
;;
;; `drawbridge-tools' gives the tools of your servers to gptel and mcp.el.
;;
;; The connection is its own, so that it works beside Eglot and lsp-mode.

;;; Code:

(require 'drawbridge-client)
(require 'drawbridge-elicit)

;;;; The servers

(defun drawbridge--kind (server)
  "The kind of SERVER's state."
  (drawbridge-let (Server (state kind)) server
    kind))

(defun drawbridge--name (server)
  "The name of SERVER."
  (drawbridge-let (Server name) server
    name))

(defun drawbridge--find (name)
  "The server of this NAME."
  (or (seq-find (lambda (server) (equal (drawbridge--name server) name)) drawbridge-servers)
      (user-error "There is no server %s" name)))

(defun drawbridge--read-server (prompt &rest kinds)
  "Read the name of a server with PROMPT; those in a state of KINDS come first."
  (if-let ((at-point (and (derived-mode-p 'drawbridge-mode) (tabulated-list-get-id))))
      at-point
    ;; The command may be what starts Drawbridge.
    (drawbridge-client-await)
    (let ((names (mapcar #'drawbridge--name
                         (seq-sort-by (lambda (server) (if (member (drawbridge--kind server) kinds) 0 1)) #'<
                                      drawbridge-servers))))
      (unless names
        (user-error "There are no servers; `M-x drawbridge' says how to add one"))
      (completing-read prompt names nil t nil nil (car names)))))

(defun drawbridge--details (server)
  "Why SERVER is in its state, and what to do about it."
  (drawbridge-let (Server target (origin file) (state kind failure (reason requestedBy))) server
    (pcase kind
      ("authenticating" "in your browser; `c' pastes the address it ended at, `x' cancels")
      ("untrusted" (format "%s (from %s)" target (url-unhex-string (string-remove-prefix "file://" file))))
      ((guard failure) (drawbridge-client-failure-text failure))
      (_ (or requestedBy "")))))

;;;; Sign-in

(cl-defmethod drawbridge-handle-notification ((_ (eql mcp/authRequired)) params)
  "Say once which servers in PARAMS need a sign-in; open nothing."
  (drawbridge-let (AuthRequiredParams servers) params
    (let ((asker (if (= (length servers) 1) (drawbridge--details (aref servers 0)) "")))
      (message "Drawbridge: sign-in needed for %s%s; %s"
               (mapconcat #'drawbridge--name servers ", ")
               (if (string-empty-p asker) "" (format " (%s)" asker))
               (substitute-command-keys "\\[drawbridge-authenticate]")))))

(cl-defmethod drawbridge-handle-notification ((_ (eql mcp/authCompleted)) params)
  "Say how the sign-in in PARAMS ended."
  (drawbridge-let (AuthCompletedParams server (result kind failure (authentication account))) params
    (pcase kind
      ("failed" (drawbridge-client-show-error failure))
      ("cancelled" (message "Drawbridge: the sign-in to %s was cancelled" server))
      (_ (message "Drawbridge: signed in to %s%s" server (if account (concat " as " account) ""))))))

;;;###autoload
(defun drawbridge-authenticate (server)
  "Sign in to SERVER, in the browser."
  (interactive (list (drawbridge--read-server "Sign in to: " "authRequired")))
  (drawbridge-client-request
   'mcp/authenticate (drawbridge-make AuthenticateParams :server server)
   (lambda (flow)
     (drawbridge-let (SignInFlow authorizationUrl userCode) flow
       (condition-case nil
           (progn (when drawbridge-remote (user-error "The browser is elsewhere"))
                  (drawbridge-elicit-browse authorizationUrl)
                  (message "Drawbridge: sign in to %s in your browser%s" server
                           (if userCode (format ", with the code %s" userCode) "")))
         (error (drawbridge--show-address server authorizationUrl userCode)))))))

(defun drawbridge--show-address (server url user-code)
  "Show URL, where to sign in to SERVER with USER-CODE, and what to do there."
  (kill-new url)
  (drawbridge--page
   (concat "sign-in to " server)
   (format "To sign in to %s, open this address in your browser (it is copied):\n\n%s\n\n%s" server url
           (if user-code
               (format "Type the code %s there." user-code)
             (substitute-command-keys "When the browser ends at a page it cannot reach, copy that page's address and paste it:
\\[drawbridge-complete-authentication]")))))

;;;###autoload
(defun drawbridge-complete-authentication (url)
  "End the running sign-in with URL, the address the browser ended at.
For when the browser could not reach this machine."
  (interactive "sAddress the browser ended at: ")
  ;; OAuth's `state' tells which sign-in it is, when several run.
  (let* ((wanted (if (string-match "[?&]\\(state=[^&#[:space:]]*\\)" url) (match-string 1 url) ""))
         (fitting (seq-find (lambda (server)
                              (drawbridge-let (Server (state (flow authorizationUrl))) server
                                (and authorizationUrl (string-search wanted authorizationUrl))))
                            drawbridge-servers)))
    (unless fitting
      (user-error "No running sign-in ends there; paste the whole address from the browser"))
    (drawbridge-let (Server (state (flow flowId))) fitting
      (drawbridge-client-request
       'mcp/completeAuthentication
       (drawbridge-make CompleteAuthenticationParams :flowId flowId :callbackUrl (string-trim url))))))

(defun drawbridge-cancel (server)
  "Cancel the running sign-in to SERVER."
  (interactive (list (drawbridge--read-server "Cancel the sign-in to: " "authenticating")))
  (drawbridge-let (Server (state (flow flowId))) (drawbridge--find server)
    (unless flowId
      (user-error "No sign-in to %s is running" server))
    (drawbridge-client-request
     'mcp/cancelAuthentication (drawbridge-make CancelAuthenticationParams :flowId flowId))))

;;;; Other actions

(defun drawbridge--send (method server)
  "Send METHOD, which wants nothing but the name of SERVER."
  (drawbridge-client-request method (drawbridge-make ServerParams :server server)))

(defun drawbridge-sign-out (server)
  "Forget the sign-in to SERVER, also at the authorization server."
  (interactive (list (drawbridge--read-server "Sign out of: ")))
  (drawbridge--send 'mcp/signOut server))

(defun drawbridge-restart (server)
  "Restart the connection to SERVER."
  (interactive (list (drawbridge--read-server "Restart: ")))
  (drawbridge--send 'mcp/connect server))

(defun drawbridge-stop (server)
  "Stop the connection to SERVER until it is restarted."
  (interactive (list (drawbridge--read-server "Stop: ")))
  (drawbridge--send 'mcp/disconnect server))

(defun drawbridge-toggle (server)
  "Enable or disable SERVER in the file it comes from."
  (interactive (list (drawbridge--read-server "Enable or disable: ")))
  (drawbridge-client-request
   'mcp/setEnabled
   (drawbridge-make SetEnabledParams
     :server server
     :enabled (if (equal (drawbridge--kind (drawbridge--find server)) "disabled") t :json-false))))

(defun drawbridge-approve (server)
  "Let SERVER of a workspace start, after showing what would run."
  (interactive (list (drawbridge--read-server "Approve: " "untrusted")))
  (drawbridge-let (Server (state definitionDigest)) (drawbridge--find server)
    (unless definitionDigest
      (user-error "%s needs no approval" server))
    (when (yes-or-no-p (format "Start %s: %s? " server (drawbridge--details (drawbridge--find server))))
      (drawbridge-client-request
       'mcp/approve
       (drawbridge-make ApproveParams :server server :definitionDigest definitionDigest)))))

(defun drawbridge--page (title text)
  "Show TEXT in a buffer named after TITLE."
  (with-current-buffer (get-buffer-create (format "*drawbridge %s*" title))
    (special-mode)
    (with-silent-modifications
      (erase-buffer)
      (save-excursion (insert text)))
    (goto-address-mode)
    (pop-to-buffer (current-buffer))))

(defun drawbridge-show-tools (server)
  "Show the tools of SERVER."
  (interactive (list (drawbridge--read-server "Tools of: ")))
  (drawbridge-client-tools
   server
   (lambda (tools)
     (cl-flet ((lines (tool) (format "%s\n    %s\n" (plist-get tool :name)
                                     (string-replace "\n" "\n    " (or (plist-get tool :description) "")))))
       (drawbridge--page (concat "tools of " server) (mapconcat #'lines tools "\n"))))))

(defun drawbridge-show-log (server)
  "Show the log of SERVER."
  (interactive (list (drawbridge--read-server "Log of: ")))
  (drawbridge-client-request
   'mcp/logs (drawbridge-make LogsParams :server server)
   (lambda (result)
     (drawbridge-let (LogsResult entries) result
       (cl-flet ((line (entry) (drawbridge-let (LogEntry time level message) entry
                                 (format "%s %-7s %s" time level message))))
         (drawbridge--page (concat "log of " server) (mapconcat #'line entries "\n")))))))

;;;; The list and the mode line

(defvar-keymap drawbridge-mode-map
  :doc "The keys of the list of servers."
  :parent tabulated-list-mode-map
  "a" #'drawbridge-authenticate
  "c" #'drawbridge-complete-authentication
  "x" #'drawbridge-cancel
  "o" #'drawbridge-sign-out
  "r" #'drawbridge-restart
  "s" #'drawbridge-stop
  "e" #'drawbridge-toggle
  "p" #'drawbridge-approve
  "t" #'drawbridge-show-tools
  "l" #'drawbridge-show-log
  "g" #'drawbridge)

(define-derived-mode drawbridge-mode tabulated-list-mode "Drawbridge"
  "The list of MCP servers.
\\{drawbridge-mode-map}"
  (setq tabulated-list-format [("Server (?: keys)" 20 t) ("State" 16 t) ("Tools" 6 nil) ("Account" 20 t)
                               ("Details" 0 nil)]
        truncate-lines nil word-wrap t
        wrap-prefix (make-string 24 ?\s))
  (tabulated-list-init-header))

(defun drawbridge--state-text (kind)
  "The state KIND in words; one that is not known is its name."
  (pcase kind
    ("connected" (propertize kind 'face 'success))
    ("authRequired" (propertize "needs sign-in" 'face 'warning))
    ("untrusted" (propertize "needs approval" 'face 'warning))
    ("authenticating" "signing in")
    ((or "failed" "retrying") (propertize kind 'face 'error))
    (_ kind)))

(defun drawbridge--entry (server)
  "The line of SERVER in the list."
  (drawbridge-let (Server name (counts tools) (authentication kind account)) server
    (list name (vector name (drawbridge--state-text (drawbridge--kind server))
                       (if (= tools 0) "" (number-to-string tools))
                       (if (equal kind "authenticated") (or account "signed in") "")
                       (drawbridge--details server)))))

(defun drawbridge-status ()
  "A few words about the servers, such as `MCP:2/3', and nothing without any."
  (let* ((kinds (remove "disabled" (mapcar #'drawbridge--kind drawbridge-servers)))
         (urgent (seq-intersection kinds '("authRequired" "untrusted"))))
    (if (null kinds) ""
      (propertize (format " MCP:%d/%d " (seq-count (apply-partially #'equal "connected") kinds) (length kinds))
                  'face (and urgent 'warning) 'help-echo "mouse-1: the list of MCP servers"
                  'local-map (define-keymap "<mode-line> <mouse-1>" #'drawbridge)))))

(defcustom drawbridge-mode-line '(:eval (drawbridge-status))
  "What the mode line shows; nil for nothing."
  :type 'sexp :group 'drawbridge :risky t)

(defun drawbridge--refresh ()
  "Draw the list and the mode line again."
  (when-let ((buffer (get-buffer "*drawbridge*")))
    (with-current-buffer buffer
      (setq tabulated-list-entries (mapcar #'drawbridge--entry drawbridge-servers))
      (tabulated-list-print t)
      (unless drawbridge-servers
        (let ((inhibit-read-only t))
          (insert (drawbridge--why-empty))))))
  ;; A list that begins with a symbol means something else in a mode line.
  (setq global-mode-string (ensure-list (or global-mode-string "")))
  (add-to-list 'global-mode-string 'drawbridge-mode-line t)
  (force-mode-line-update t))

(defun drawbridge--why-empty ()
  "Why the list has no servers, and what to do about it."
  (pcase (drawbridge-client-state)
    ('ready "There are no servers.  Add them to mcp.json in the folder drawbridge of your
configuration folder, on Linux ~/.config/drawbridge/mcp.json.")
    ('starting "Connecting...")
    (_ "There is no connection; `g' tries again.")))

(add-hook 'drawbridge-servers-hook #'drawbridge--refresh)

;;;###autoload
(defun drawbridge ()
  "List the MCP servers."
  (interactive)
  (drawbridge-client-refresh #'ignore)
  (with-current-buffer (get-buffer-create "*drawbridge*")
    (unless (derived-mode-p 'drawbridge-mode)
      (drawbridge-mode))
    (drawbridge--refresh)
    (pop-to-buffer (current-buffer))))

(provide 'drawbridge)
;;; drawbridge.el ends here
