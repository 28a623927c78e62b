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
;; that a workspace brings, `t' shows the tools and `l' the log.
;;
;; When a server needs a sign-in, a message and the mode line say so.  No
;; browser opens until you ask for it with `M-x drawbridge-authenticate'.
;;
;; `drawbridge-tools' gives the tools of your servers to gptel and mcp.el.
;;
;; The connection is its own, so that it works beside Eglot and lsp-mode.

;;; Code:

(require 'drawbridge-client)
(require 'drawbridge-elicit)

(defvar drawbridge--flow nil
  "The sign-in that was started last.")

;;;; The servers

(defun drawbridge--kind (server)
  "The kind of SERVER's state."
  (drawbridge-let (Server state) server
    (drawbridge-let (ServerState kind) state
      kind)))

(defun drawbridge--name (server)
  "The name of SERVER."
  (drawbridge-let (Server name) server
    name))

(defun drawbridge--find (name)
  "The server of this NAME."
  (or (seq-find (lambda (server) (equal (drawbridge--name server) name)) drawbridge-servers)
      (user-error "There is no server %s" name)))

(defun drawbridge--read-server (prompt &rest kinds)
  "Read the name of a server in a state of KINDS, or of any, with PROMPT."
  (if-let ((at-point (and (derived-mode-p 'drawbridge-mode) (tabulated-list-get-id))))
      at-point
    (let ((names (mapcar #'drawbridge--name
                         (seq-filter (lambda (server) (or (null kinds) (member (drawbridge--kind server) kinds)))
                                     drawbridge-servers))))
      (unless names
        (user-error "No server to choose; `M-x drawbridge' shows them all"))
      (completing-read prompt names nil t nil nil (car names)))))

(defun drawbridge--account (server)
  "The account SERVER is signed in with, or nothing."
  (drawbridge-let (Server authentication) server
    (drawbridge-let (Authentication kind account) authentication
      (if (equal kind "authenticated") (or account "signed in") ""))))

(defun drawbridge--details (server)
  "Why SERVER is in its state, and what to do about it."
  (drawbridge-let (Server state target origin) server
    (drawbridge-let (ServerState kind failure reason) state
      (cond (failure (drawbridge-let (Failure message action) failure
                       (format "%s %s" message action)))
            (reason (drawbridge-let (AuthReason requestedBy) reason
                      (or requestedBy "")))
            ((equal kind "untrusted") (drawbridge-let (ServerOrigin file) origin
                                        (format "%s (from %s)" target (string-remove-prefix "file://" file))))
            (t "")))))

;;;; Sign-in

(cl-defmethod drawbridge-handle-notification ((_ (eql mcp/authRequired)) params)
  "Say once which servers in PARAMS need a sign-in; open nothing."
  (drawbridge-let (AuthRequiredParams servers) params
    (let ((asker (and (= (length servers) 1) (drawbridge--details (aref servers 0)))))
      (message "Drawbridge: sign-in needed for %s%s; %s"
               (mapconcat #'drawbridge--name servers ", ")
               (if (member asker '(nil "")) "" (format " (%s)" asker))
               (substitute-command-keys "\\[drawbridge-authenticate]")))))

(cl-defmethod drawbridge-handle-notification ((_ (eql mcp/authCompleted)) params)
  "Say how the sign-in in PARAMS ended."
  (drawbridge-let (AuthCompletedParams server result) params
    (drawbridge-let (AuthResult kind failure authentication) result
      (cond (failure (drawbridge-client-show-error (list :message (plist-get failure :message) :data failure)))
            ((equal kind "cancelled") (message "Drawbridge: the sign-in to %s was cancelled" server))
            (t (drawbridge-let (Authentication account) authentication
                 (message "Drawbridge: signed in to %s%s" server (if account (concat " as " account) ""))))))))

;;;###autoload
(defun drawbridge-authenticate (server)
  "Sign in to SERVER, in the browser."
  (interactive (list (drawbridge--read-server "Sign in to: " "authRequired" "authenticating" "failed" "connected")))
  (drawbridge-client-request
   'mcp/authenticate (drawbridge-make AuthenticateParams :server server)
   (lambda (flow)
     (setq drawbridge--flow flow)
     (drawbridge-let (SignInFlow authorizationUrl userCode) flow
       (cond (userCode (message "Drawbridge: type the code %s at %s" userCode authorizationUrl))
             (drawbridge-remote
              (message "Drawbridge: open %s (copied), then `M-x drawbridge-complete-authentication'"
                       authorizationUrl)))
       (if drawbridge-remote
           (kill-new authorizationUrl)
         (drawbridge-elicit-browse authorizationUrl))))))

;;;###autoload
(defun drawbridge-complete-authentication (url)
  "End the running sign-in with URL, the address the browser ended at.
For when the browser could not reach this machine."
  (interactive "sAddress the browser ended at: ")
  (drawbridge-let (SignInFlow flowId) (drawbridge--running-flow url)
    (drawbridge-client-request
     'mcp/completeAuthentication
     (drawbridge-make CompleteAuthenticationParams :flowId flowId :callbackUrl (string-trim url)))))

(defun drawbridge--running-flow (url)
  "The sign-in that URL ends: the one with its OAuth state, or the last one."
  (cl-flet ((state (address) (and (string-match "[?&]state=\\([^&#[:space:]]*\\)" address)
                                  (match-string 1 address))))
    (let ((flows (delq nil (cons drawbridge--flow
                                 (mapcar (lambda (server)
                                           (drawbridge-let (Server state) server
                                             (drawbridge-let (ServerState flow) state
                                               flow)))
                                         drawbridge-servers)))))
      (or (seq-find (lambda (flow)
                      (drawbridge-let (SignInFlow authorizationUrl) flow
                        (equal (state authorizationUrl) (state url))))
                    flows)
          (car flows)
          (user-error "No sign-in is running")))))

;;;; Other actions

(defun drawbridge-sign-out (server)
  "Forget the sign-in to SERVER, also at the authorization server."
  (interactive (list (drawbridge--read-server "Sign out of: ")))
  (drawbridge-client-request 'mcp/signOut (drawbridge-make ServerParams :server server)))

(defun drawbridge-restart (server)
  "Restart the connection to SERVER."
  (interactive (list (drawbridge--read-server "Restart: ")))
  (drawbridge-client-request 'mcp/connect (drawbridge-make ServerParams :server server)))

(defun drawbridge-stop (server)
  "Stop the connection to SERVER until it is restarted."
  (interactive (list (drawbridge--read-server "Stop: ")))
  (drawbridge-client-request 'mcp/disconnect (drawbridge-make ServerParams :server server)))

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
  (let ((found (drawbridge--find server)))
    (drawbridge-let (Server state) found
      (drawbridge-let (ServerState definitionDigest) state
        (unless definitionDigest
          (user-error "%s needs no approval" server))
        (when (yes-or-no-p (format "Start %s: %s? " server (drawbridge--details found)))
          (drawbridge-client-request
           'mcp/approve
           (drawbridge-make ApproveParams :server server :definitionDigest definitionDigest)))))))

(defun drawbridge--page (title lines)
  "Show LINES in a buffer named after TITLE."
  (with-help-window (format "*drawbridge %s*" title)
    (princ (string-join lines "\n"))))

(defun drawbridge-show-tools (server)
  "Show the tools of SERVER."
  (interactive (list (drawbridge--read-server "Tools of: ")))
  (drawbridge-client-tools
   server
   (lambda (tools)
     (drawbridge--page (concat "tools of " server)
                       (mapcar (lambda (tool)
                                 (format "%s\n    %s\n" (plist-get tool :name)
                                         (string-replace "\n" "\n    " (or (plist-get tool :description) ""))))
                               tools)))))

(defun drawbridge-show-log (server)
  "Show the log of SERVER."
  (interactive (list (drawbridge--read-server "Log of: ")))
  (drawbridge-client-request
   'mcp/logs (drawbridge-make LogsParams :server server)
   (lambda (result)
     (drawbridge-let (LogsResult entries) result
       (drawbridge--page (concat "log of " server)
                         (mapcar (lambda (entry)
                                   (drawbridge-let (LogEntry time level message) entry
                                     (format "%s %-7s %s" time level message)))
                                 entries))))))

;;;; The list and the mode line

(defvar-keymap drawbridge-mode-map
  :doc "The keys of the list of servers."
  :parent tabulated-list-mode-map
  "a" #'drawbridge-authenticate
  "o" #'drawbridge-sign-out
  "r" #'drawbridge-restart
  "s" #'drawbridge-stop
  "e" #'drawbridge-toggle
  "p" #'drawbridge-approve
  "t" #'drawbridge-show-tools
  "l" #'drawbridge-show-log)

(define-derived-mode drawbridge-mode tabulated-list-mode "Drawbridge"
  "The list of MCP servers.
\\{drawbridge-mode-map}"
  (setq tabulated-list-format [("Server" 20 t) ("State" 16 t) ("Tools" 6 nil) ("Account" 24 t) ("Details" 0 nil)])
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
  (drawbridge-let (Server name counts) server
    (drawbridge-let (CatalogCounts tools) counts
      (list name (vector name (drawbridge--state-text (drawbridge--kind server)) (number-to-string tools)
                         (drawbridge--account server) (drawbridge--details server))))))

(defvar drawbridge--mode-line "")
(put 'drawbridge--mode-line 'risky-local-variable t)

(defun drawbridge-status ()
  "A few words about the servers, such as `MCP:2/3', and nothing without any."
  (let* ((kinds (remove "disabled" (mapcar #'drawbridge--kind drawbridge-servers)))
         (text (format " MCP:%d/%d " (seq-count (apply-partially #'equal "connected") kinds) (length kinds))))
    (cond ((null kinds) "")
          ((seq-intersection kinds '("authRequired" "untrusted")) (propertize text 'face 'warning))
          (t text))))

(defun drawbridge--refresh ()
  "Draw the list and the mode line again."
  (when-let ((buffer (get-buffer "*drawbridge*")))
    (with-current-buffer buffer
      (setq tabulated-list-entries (mapcar #'drawbridge--entry drawbridge-servers))
      (tabulated-list-print t)))
  (setq drawbridge--mode-line
        (propertize (drawbridge-status) 'help-echo "mouse-1: the list of MCP servers"
                    'local-map (define-keymap "<mode-line> <mouse-1>" #'drawbridge)))
  (when drawbridge-show-in-mode-line
    (add-to-list 'global-mode-string 'drawbridge--mode-line t))
  (force-mode-line-update t))

(add-hook 'drawbridge-servers-hook #'drawbridge--refresh)

;;;###autoload
(defun drawbridge ()
  "List the MCP servers."
  (interactive)
  (drawbridge-client-request
   'mcp/listServers drawbridge-types-empty
   (lambda (result)
     (drawbridge-let (ListServersResult servers) result
       (drawbridge-client-keep servers))))
  (with-current-buffer (get-buffer-create "*drawbridge*")
    (unless (derived-mode-p 'drawbridge-mode)
      (drawbridge-mode))
    (drawbridge--refresh)
    (pop-to-buffer (current-buffer))))

(provide 'drawbridge)
;;; drawbridge.el ends here
