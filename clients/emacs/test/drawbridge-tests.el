;;; drawbridge-tests.el --- Tests of the Emacs client  -*- lexical-binding: t; -*-

;;; Commentary:

;; Each test talks to a spy server, a process of its own that does as it is
;; told and remembers what it was sent.  A failing test shows the
;; conversation.

;;; Code:

(require 'ert)
(require 'drawbridge)
(require 'drawbridge-tools)
(require 'fits (expand-file-name "fits" (file-name-directory load-file-name)))

(defconst tests-root
  (expand-file-name "../../.." (file-name-directory load-file-name)))

(defvar tests-messages nil "What the person was told, newest first.")
(defvar tests-opened nil "The addresses that were opened.")
(defvar tests-asked nil "The prompts that were shown.")
(defvar tests-answers nil "What the person answers to the next prompts, in turn.")

(defun tests-wait (what condition)
  "Wait until CONDITION holds; WHAT is named when it never does."
  (let ((deadline (+ (float-time) 15)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) deadline)
        (error "%s did not happen" what))
      (accept-process-output nil 0.02))
    value))

(defun tests-spy (method &optional params)
  "Send METHOD with PARAMS to the spy, and give its answer."
  (jsonrpc-request drawbridge-client--connection method (or params drawbridge-types-empty)))

(defun tests-seen (method)
  "What the spy was sent with METHOD."
  (seq-filter (lambda (message) (equal (plist-get message :method) method)) (tests-spy 'spy/seen)))

(defun tests-params (method)
  "The parameters of METHOD, once the spy got it."
  (plist-get (car (tests-wait method (lambda () (tests-seen method)))) :params))

(defun tests-json (file)
  "The JSON in FILE, decoded as `jsonrpc' does."
  (with-temp-buffer
    (insert-file-contents file)
    (json-parse-buffer :object-type 'plist :null-object nil :false-object :json-false)))

(defun tests-example (type name)
  "The valid example NAME of TYPE."
  (tests-json (format "%s/protocol-spec/examples/%s/valid/%s.json" tests-root type name)))

(defun tests-send (message)
  "Make the spy send MESSAGE as it is, with its members in order."
  (tests-spy 'spy/send (list :text (json-serialize (append '(:jsonrpc "2.0") message) :false-object :json-false))))

(defun tests-tell (method params)
  "Make the spy send the notification METHOD with PARAMS."
  (tests-send (list :method (symbol-name method) :params params)))

(defun tests-answer (prompt)
  "Give the next answer to PROMPT; `quit' closes it."
  (push prompt tests-asked)
  (unless tests-answers
    (error "Nobody expected the question: %s" prompt))
  (let ((answer (pop tests-answers)))
    (if (eq answer 'quit) (signal 'quit nil) answer)))

(defmacro tests-with-spy (&rest body)
  "Run BODY with a fresh client and a fresh spy."
  (declare (indent 0) (debug (body)))
  `(let* ((drawbridge-program (list (getenv "DRAWBRIDGE_TEST_NVIM") "--clean" "-l"
                                    (expand-file-name "clients/test/spy.lua" tests-root)))
          (drawbridge-remote nil) (drawbridge-client--restarts 3)
          tests-messages tests-opened tests-asked tests-answers)
     (cl-letf (((symbol-function 'message)
                (lambda (format &rest arguments)
                  (when format (push (apply #'format-message format arguments) tests-messages))))
               ((symbol-function 'browse-url) (lambda (url &rest _) (push url tests-opened)))
               ((symbol-function 'completing-read) (lambda (prompt &rest _) (tests-answer prompt)))
               ((symbol-function 'read-string) (lambda (prompt &rest _) (tests-answer prompt)))
               ((symbol-function 'yes-or-no-p) (lambda (prompt) (tests-answer prompt)))
               ((symbol-function 'sit-for) #'ignore))
       (unwind-protect
           (condition-case problem
               (progn ,@body
                      (when tests-answers (error "A question was not asked: %S" tests-answers)))
             ((error ert-test-failed)
              (princ (format "The person saw: %S\nThe server was sent: %S\n" tests-messages
                             (ignore-errors (tests-spy 'spy/seen))))
              (signal (car problem) (cdr problem))))
         (drawbridge-client-stop)
         (when-let ((list (get-buffer "*drawbridge*"))) (kill-buffer list))))))

(defun tests-start ()
  "Connect, and wait for the first list."
  (drawbridge-client-start)
  (tests-wait "the first list" (lambda () drawbridge-servers)))

(defun tests-state (name)
  "Make the spy tell of one server in the state of the example NAME."
  (let ((server (copy-sequence (aref (plist-get (tests-example 'AuthRequiredParams 'one) :servers) 0))))
    (setq server (plist-put server :state (tests-example 'ServerState name)))
    (tests-tell 'mcp/statusChanged (list :servers (vector server)))))

;;;; The protocol

(defconst tests-alike
  '("ElicitCapability/invalid/flagAsObject" "EmptyResult/invalid/nothing" "ListServersParams/invalid/nothing")
  "Null in the place of an object without members, which Lisp cannot tell apart.")

(defun tests-examples (kind)
  "The examples of KIND, as (NAME TYPE VALUE)."
  (mapcar (lambda (file)
            (let ((parts (last (split-string file "/") 3)))
              (list (string-join (list (car parts) kind (file-name-base file)) "/")
                    (intern (car parts))
                    (tests-json file))))
          (file-expand-wildcards (format "%s/protocol-spec/examples/*/%s/*.json" tests-root kind))))

(ert-deftest drawbridge-tests-valid-examples-fit ()
  (let ((examples (tests-examples "valid")))
    (should (> (length examples) 50))
    (pcase-dolist (`(,name ,type ,value) examples)
      (ert-info (name) (should (fits-p value type))))))

(ert-deftest drawbridge-tests-invalid-examples-do-not ()
  (let ((examples (tests-examples "invalid")))
    (should (> (length examples) 50))
    (pcase-dolist (`(,name ,type ,value) examples)
      (ert-info (name)
        (should (eq (and (fits-p value type) t)
                    (and (member name tests-alike) t)))))))

(ert-deftest drawbridge-tests-the-compiler-refuses-wrong-members ()
  (should (equal (drawbridge-make ServerParams :server "a") '(:server "a")))
  (should (equal (drawbridge-make LogsParams :limit 3) '(:limit 3)))
  (should (equal (drawbridge-let (SignInFlow flowId) '(:flowId "f") flowId) "f"))
  (should (equal (drawbridge-let (Server (state (failure message))) '(:state (:failure (:message "m"))) message) "m"))
  (should-error (macroexpand-1 '(drawbridge-make ServerParams :name "a")))
  (should-error (macroexpand-1 '(drawbridge-make ServerParams)))
  (should-error (macroexpand-1 '(drawbridge-make NoSuchType)))
  (should-error (macroexpand-1 '(drawbridge-let (Server nmae) server nmae)))
  (should-error (macroexpand-1 '(drawbridge-let (Server (state digest)) server digest))))

;;;; The conversation

(ert-deftest drawbridge-tests-it-says-what-it-can-show ()
  (tests-with-spy
    (tests-start)
    (let* ((params (tests-params "initialize"))
           (mcp (plist-get (plist-get (plist-get params :capabilities) :experimental) :mcp)))
      (should (fits-p mcp 'McpClientCapabilities))
      (should (eq t (plist-get mcp :statusChanged)))
      (should (plist-get params :workspaceFolders))
      (should-not tests-messages))))

(ert-deftest drawbridge-tests-the-list ()
  (tests-with-spy
    (drawbridge)
    (tests-wait "the list" (lambda () drawbridge-servers))
    (with-current-buffer "*drawbridge*"
      (should (derived-mode-p 'drawbridge-mode))
      (let ((text (buffer-string)))
        (should (string-match-p "github +connected +41 +ada@example.com" text))
        (should (string-match-p "build +needs approval +\\./tools/build-mcp --stdio (from /home/ada/src/engine/.vscode/mcp.json)" text)))
      (tests-state 'failed)
      (should (string-match-p "failed.*pin the issuer" (buffer-string)))
      (tests-tell 'mcp/statusChanged
                  (list :servers (vector (plist-put (copy-sequence (car drawbridge-servers)) :state '(:kind "dreaming")))))
      (should (string-match-p "dreaming" (buffer-string))))))

(ert-deftest drawbridge-tests-each-key ()
  (tests-with-spy
    (tests-start)
    (drawbridge)
    (tests-wait "the list" (lambda () (tests-seen "mcp/listServers")))
    (with-current-buffer "*drawbridge*"
      (goto-char (point-min))
      (search-forward "github")
      (cl-flet ((press (key) (call-interactively (keymap-lookup drawbridge-mode-map key))))
        (press "o")
        (should (equal (tests-params "mcp/signOut") '(:server "github")))
        (press "r")
        (should (equal (tests-params "mcp/connect") '(:server "github")))
        (press "s")
        (should (equal (tests-params "mcp/disconnect") '(:server "github")))
        (press "e")
        (should (equal (tests-params "mcp/setEnabled") '(:server "github" :enabled :json-false)))
        (press "t")
        (tests-wait "the tools" (lambda () (get-buffer "*drawbridge tools of github*")))
        (with-current-buffer "*drawbridge tools of github*"
          (should (string-match-p "create_issue" (buffer-string))))
        (press "l")
        (tests-wait "the log" (lambda () (get-buffer "*drawbridge log of github*")))
        (with-current-buffer "*drawbridge log of github*"
          (should (string-match-p "warning rate limit" (buffer-string))))))))

(ert-deftest drawbridge-tests-approval ()
  (tests-with-spy
    (tests-start)
    (setq tests-answers '(nil t))
    (drawbridge-approve "build")
    (should (string-match-p "\\./tools/build-mcp --stdio (from /home/ada/src/engine/.vscode/mcp.json)" (car tests-asked)))
    (should-not (tests-seen "mcp/approve"))
    (drawbridge-approve "build")
    (should (equal (tests-params "mcp/approve") '(:server "build" :definitionDigest "sha256:9f2c5b1e")))))

(ert-deftest drawbridge-tests-needing-a-sign-in-opens-nothing ()
  (tests-with-spy
    (tests-start)
    (tests-tell 'mcp/authRequired (tests-example 'AuthRequiredParams 'many))
    (should (= 1 (length tests-messages)))
    (should (string-match-p "github, tracker" (car tests-messages)))
    (tests-tell 'mcp/authRequired (tests-example 'AuthRequiredParams 'one))
    (should (= 2 (length tests-messages)))
    (should (string-match-p "codecompanion called github/create_issue" (car tests-messages)))
    (should-not tests-opened)
    (should-not (tests-seen "mcp/authenticate"))))

(ert-deftest drawbridge-tests-sign-in ()
  (tests-with-spy
    (tests-start)
    (drawbridge-authenticate "github")
    (tests-wait "the browser" (lambda () tests-opened))
    (should (equal tests-opened (list (plist-get (tests-example 'SignInFlow 'browser) :authorizationUrl))))
    (should (equal tests-messages '("Drawbridge: sign in to github in your browser")))
    (tests-tell 'mcp/authCompleted (tests-example 'AuthCompletedParams 'succeeded))
    (should (equal (car tests-messages) "Drawbridge: signed in to github as ada@example.com"))
    (tests-tell 'mcp/authCompleted (tests-example 'AuthCompletedParams 'failed))
    (should (string-match-p "pin the issuer" (car tests-messages)))
    (tests-tell 'mcp/authCompleted (tests-example 'AuthCompletedParams 'cancelled))
    (should (string-match-p "cancelled" (car tests-messages)))
    (should (= 1 (length tests-opened)))))

(defun tests-address-page ()
  "The text of the page with the address, once it is there."
  (with-current-buffer (tests-wait "the page" (lambda () (get-buffer "*drawbridge sign-in to github*")))
    (prog1 (buffer-string) (kill-buffer))))

(ert-deftest drawbridge-tests-sign-in-from-elsewhere ()
  (tests-with-spy
    (tests-start)
    (let ((drawbridge-remote t) (kill-ring nil)
          (url (plist-get (tests-example 'SignInFlow 'browser) :authorizationUrl)))
      (drawbridge-authenticate "github")
      (let ((page (tests-address-page)))
        (should (string-search url page))
        (should (string-search "drawbridge-complete-authentication" page)))
      (should (equal (car kill-ring) url))
      (should-not tests-opened)
      (should-error (drawbridge-complete-authentication "http://127.0.0.1:48801/callback?code=x") :type 'user-error)
      (tests-state 'authenticating)
      (drawbridge-complete-authentication " http://127.0.0.1:48801/callback?code=x&state=Gp3Vq1 ")
      (should (equal (tests-params "mcp/completeAuthentication")
                     '(:flowId "flow-7" :callbackUrl "http://127.0.0.1:48801/callback?code=x&state=Gp3Vq1"))))))

(ert-deftest drawbridge-tests-a-machine-without-a-browser-shows-the-address ()
  (tests-with-spy
    (tests-start)
    (cl-letf (((symbol-function 'browse-url) (lambda (&rest _) (error "No usable browser found"))))
      (drawbridge-authenticate "github")
      (should (string-search "https://login.example.com/" (tests-address-page))))))

(ert-deftest drawbridge-tests-a-sign-in-is-cancelled ()
  (tests-with-spy
    (tests-start)
    (should-error (drawbridge-cancel "github") :type 'user-error)
    (tests-state 'authenticating)
    (drawbridge-cancel "github")
    (should (equal (tests-params "mcp/cancelAuthentication") '(:flowId "flow-7")))))

(ert-deftest drawbridge-tests-the-first-command-may-be-any ()
  (tests-with-spy
    (setq tests-answers '("github"))
    (call-interactively #'drawbridge-authenticate)
    (should (equal (tests-params "mcp/authenticate") '(:server "github")))))

(ert-deftest drawbridge-tests-a-list-without-servers-says-so ()
  (tests-with-spy
    (tests-start)
    (tests-spy 'spy/answer '(:method "mcp/listServers" :text "\"result\":{\"servers\":[]}"))
    (drawbridge)
    (with-current-buffer "*drawbridge*"
      (tests-wait "the hint" (lambda () (string-search "mcp.json" (buffer-string))))
      (drawbridge-client-stop)
      (should (string-search "no connection" (buffer-string)))
      (drawbridge)
      (should (string-search "Connecting" (buffer-string))))))

(ert-deftest drawbridge-tests-only-the-web-is-opened ()
  (tests-with-spy
    (should-error (drawbridge-elicit-browse "file:///etc/passwd"))
    (should-error (drawbridge-elicit-browse "javascript:alert(1)"))
    (should-not tests-opened)))

(ert-deftest drawbridge-tests-errors-say-what-to-do ()
  (tests-with-spy
    (tests-start)
    (let ((failure (tests-example 'Failure 'withUrl)))
      (tests-spy 'spy/answer
                 (list :method "mcp/connect"
                       :text (concat "\"error\":" (json-serialize (list :code -31008 :message "It failed." :data failure)))))
      (drawbridge-restart "github")
      (tests-wait "the error" (lambda () tests-messages))
      (should (equal (car tests-messages) (format "Drawbridge: It failed. %s" (plist-get failure :action)))))))

(defun tests-elicit (id params)
  "The client's answer to `mcp/elicit' with ID and PARAMS."
  (tests-send (list :id id :method "mcp/elicit" :params params))
  (plist-get (tests-wait "the answer"
                         (lambda () (seq-find (lambda (message) (equal (plist-get message :id) id))
                                              (tests-spy 'spy/seen))))
             :result))

(ert-deftest drawbridge-tests-a-form ()
  (tests-with-spy
    (tests-start)
    (setq tests-answers '("Answer" "ada/engine" "0" "3" "Green" "No" ""))
    (let ((result (tests-elicit
                   9001
                   '(:server "github"
                     :request (:mode "form" :message "Which one?"
                               :requestedSchema
                               (:type "object"
                                :properties (:repository (:type "string" :title "Repository")
                                             :count (:type "integer" :minimum 1)
                                             :colour (:type "string" :enum ["r" "g"] :enumNames ["Red" "Green"])
                                             :sure (:type "boolean")
                                             :note (:type "string"))
                                :required ["repository" "count" "colour" "sure"]))))))
      (should (fits-p result 'ElicitResult))
      (should (equal (plist-get result :action) "accept"))
      (let ((content (plist-get result :content)))
        (should (equal (list (plist-get content :repository) (plist-get content :count) (plist-get content :colour)
                             (plist-get content :sure) (plist-member content :note))
                       '("ada/engine" 3 "g" :json-false nil))))
      (should (seq-every-p (lambda (prompt) (string-search "github" prompt)) tests-asked)))))

(ert-deftest drawbridge-tests-decline-cancel-and-visit ()
  (tests-with-spy
    (tests-start)
    (pcase-dolist (`(,id ,answer ,action) '((9001 "Decline" "decline") (9002 quit "cancel") (9004 "" "cancel") (9003 "Open" "accept")))
      (setq tests-answers (list answer))
      (let ((result (tests-elicit id (tests-example 'ElicitParams 'url))))
        (should (fits-p result 'ElicitResult))
        (should (equal (plist-get result :action) action)))
      (should (string-search "https://mcp.example.com/connect/7f3a" (car tests-asked))))
    (should (equal tests-opened '("https://mcp.example.com/connect/7f3a")))))

(ert-deftest drawbridge-tests-the-mode-line ()
  (tests-with-spy
    (should (equal (drawbridge-status) ""))
    (tests-start)
    (should (equal (substring-no-properties (drawbridge-status)) " MCP:1/2 "))
    (should (memq 'drawbridge-mode-line global-mode-string))
    (should-not (symbolp (car global-mode-string)))
    (tests-state 'connected)
    (should (equal (substring-no-properties (drawbridge-status)) " MCP:1/1 "))))

(ert-deftest drawbridge-tests-it-starts-again ()
  (tests-with-spy
    (tests-start)
    (let ((before drawbridge-client--connection))
      (ignore-errors (tests-spy 'spy/end))
      (tests-wait "a new connection"
                  (lambda () (and drawbridge-servers (not (eq before drawbridge-client--connection))))))))

(ert-deftest drawbridge-tests-it-ends-in-order ()
  (tests-with-spy
    (tests-start)
    (let ((process (jsonrpc--process drawbridge-client--connection)))
      (drawbridge-client-stop)
      (should-not (process-live-p process))
      (should (= 0 (process-exit-status process)))
      (should-not drawbridge-servers))))

(ert-deftest drawbridge-tests-without-the-program ()
  (tests-with-spy
    (let ((drawbridge-program "no-such-program"))
      (should (string-match-p "drawbridge-program" (cadr (should-error (drawbridge) :type 'user-error)))))))

(ert-deftest drawbridge-tests-a-program-that-cannot-run-says-why ()
  (tests-with-spy
    (let ((drawbridge-program '("sh" "-c" "echo 'no Java 25 or newer was found.' >&2; exit 1")))
      (drawbridge-client-start)
      (tests-wait "the reason" (lambda () (seq-find (lambda (text) (string-search "no Java 25" text)) tests-messages))))))

;;;; Language models

(defvar tests-gptel-tools nil)

(ert-deftest drawbridge-tests-gptel ()
  (tests-with-spy
    (tests-start)
    (let ((drawbridge-servers-hook drawbridge-servers-hook) tests-gptel-tools answer)
      (cl-letf (((symbol-value 'features) (cons 'gptel features))
                ((symbol-function 'gptel-make-tool) (lambda (&rest tool) (push tool tests-gptel-tools))))
        (drawbridge-tools-offer)
        (tests-wait "the tool" (lambda () tests-gptel-tools)))
      (let ((tool (car tests-gptel-tools)))
        (should (equal (plist-get tool :name) "github__create_issue"))
        (should (plist-get tool :confirm))
        (should (equal (sort (mapcar (lambda (argument) (list (plist-get argument :name) (plist-get argument :optional)))
                                     (plist-get tool :args))
                             (lambda (one other) (string< (car one) (car other))))
                       '(("score" t) ("title" nil))))
        (apply (plist-get tool :function) (lambda (text) (setq answer text))
               (mapcar (lambda (argument) (and (equal (plist-get argument :name) "title") "Crash"))
                       (plist-get tool :args)))
        (tests-wait "the answer" (lambda () answer))
        (should (equal answer "Opened issue 42."))
        (let ((params (tests-params "mcp/callTool")))
          (should (fits-p params 'CallToolParams))
          (should (equal (plist-get params :arguments) '(:title "Crash")))
          (should (equal (plist-get params :requestedBy) "gptel called github/create_issue")))))))

(defvar mcp-hub-servers)
(ert-deftest drawbridge-tests-mcp-el ()
  (let ((drawbridge-program '("sh" "-x")) (mcp-hub-servers '(("other" :command "other"))))
    (should-error (drawbridge-tools-add-to-mcp) :type 'user-error)
    (cl-letf (((symbol-value 'features) (cons 'mcp-hub features)))
      (drawbridge-tools-add-to-mcp)
      (drawbridge-tools-add-to-mcp))
    (should (equal (cdr (assoc "drawbridge" mcp-hub-servers)) '(:command "sh" :args ("-x" "proxy" "--all"))))
    (should (= 2 (length mcp-hub-servers)))))

;;;; All of it

(ert-deftest drawbridge-tests-it-is-small ()
  ;; What is written by hand, tests aside: every line but blank ones and those with nothing but a comment.
  (let ((lines 0))
    (dolist (file (directory-files (expand-file-name "clients/emacs" tests-root) t "\\.el\\'"))
      (unless (string-suffix-p "drawbridge-protocol.el" file)
        (with-temp-buffer
          (insert-file-contents file)
          (cl-incf lines (how-many "^[[:blank:]]*[^;[:blank:]\n]" (point-min))))))
    (should (< 400 lines 600))))

(ert-deftest drawbridge-tests-everything-sent-fits-the-protocol ()
  (tests-with-spy
    (tests-start)
    (setq tests-answers '(t))
    (drawbridge)
    (drawbridge-sign-out "github")
    (drawbridge-toggle "github")
    (drawbridge-approve "build")
    (drawbridge-authenticate "github")
    (drawbridge-show-log "github")
    (tests-wait "the last one" (lambda () (tests-seen "mcp/logs")))
    (let ((checked 0))
      (seq-doseq (message (tests-spy 'spy/seen))
        (when-let ((known (alist-get (intern (or (plist-get message :method) "")) drawbridge-protocol-methods)))
          (should (eq (car known) 'client))
          (should (fits-p (plist-get message :params) (cadr known)))
          (cl-incf checked)))
      (should (> checked 5)))))

(provide 'drawbridge-tests)
;;; drawbridge-tests.el ends here
