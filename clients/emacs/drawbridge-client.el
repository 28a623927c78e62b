;;; drawbridge-client.el --- The connection to Drawbridge  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Starts `drawbridge lsp' once per Emacs, keeps the list of servers it
;; sends, and starts it again when it ends.  What comes from there is
;; handled by the generic functions `drawbridge-handle-notification' and
;; `drawbridge-handle-request'.

;;; Code:

(require 'jsonrpc)
(require 'url-util)
(require 'drawbridge-types)

(defgroup drawbridge nil "MCP servers with sign-in." :group 'tools)

(defcustom drawbridge-program nil
  "The program, or a list of it and its first arguments.
When nil, `drawbridge' on variable `exec-path', else the launcher of
the checkout this file is in."
  :type '(choice (const :tag "Find it" nil) file (repeat string)))

(defcustom drawbridge-remote (and (or (getenv "SSH_CONNECTION") (getenv "SSH_TTY")) t)
  "Whether the browser runs on another machine.
If so, addresses are shown rather than opened, and the address that the
browser ends at has to be pasted."
  :type 'boolean)

(defvar drawbridge-servers nil
  "Every MCP server with its state, as last told.")

(defvar drawbridge-servers-hook nil
  "Run when `drawbridge-servers' changed.")

(defvar drawbridge-client--connection nil)
(defvar drawbridge-client--methods nil "The requests that may be sent; nil until then.")
(defvar drawbridge-client--waiting nil "What to do once requests may be sent.")
(defvar drawbridge-client--restarts 3 "How often it is still started again when it ends by itself.")

(cl-defgeneric drawbridge-handle-notification (_method _params)
  "Handle the notification METHOD with PARAMS; unknown ones are ignored."
  nil)

(cl-defgeneric drawbridge-handle-request (method _params)
  "Answer the request METHOD with PARAMS."
  (jsonrpc-error :code -32601 :message (format "%s is not known" method)))

(defun drawbridge-client-keep (servers)
  "Keep SERVERS, a vector, as the newest list."
  (setq drawbridge-servers (append servers nil))
  (run-hooks 'drawbridge-servers-hook))

(cl-defmethod drawbridge-handle-notification ((_ (eql mcp/statusChanged)) params)
  "Keep the list in PARAMS."
  (drawbridge-let (StatusChangedParams servers) params
    (drawbridge-client-keep servers)))

(cl-defmethod drawbridge-handle-notification ((_ (eql mcp/catalogChanged)) _params)
  "Tell that the tools of a server are others."
  (run-hooks 'drawbridge-servers-hook))

(cl-defmethod drawbridge-handle-notification ((_ (eql window/showMessage)) params)
  "Show the message in PARAMS."
  (message "Drawbridge: %s" (plist-get params :message)))

(defun drawbridge-client--command ()
  "The program with its arguments, or an error with what to do about it."
  (let* ((checkout (expand-file-name "../../../drawbridge" (locate-library "drawbridge-client")))
         (command (ensure-list (or drawbridge-program (executable-find "drawbridge") checkout))))
    (unless (executable-find (car command))
      (user-error "The program %s was not found; install Drawbridge or customize `drawbridge-program'"
                  (if drawbridge-program (car command) "drawbridge")))
    (append command '("lsp"))))

(defconst drawbridge-client--capabilities
  (drawbridge-make McpClientCapabilities
    :version drawbridge-protocol-version
    :authRequired t :authCompleted t :statusChanged t :catalogChanged t
    :elicit (drawbridge-make ElicitCapability :form t :url t)))

(defun drawbridge-client--initialize-params ()
  "What the server is told of this Emacs."
  (let ((folder (concat "file://" (url-hexify-string (directory-file-name (expand-file-name default-directory))
                                                     url-path-allowed-chars))))
    (list :processId (emacs-pid)
          :clientInfo (list :name "Emacs" :version emacs-version)
          :rootUri folder
          :workspaceFolders (vector (list :uri folder :name (file-name-nondirectory folder)))
          :capabilities (list :experimental (list :mcp drawbridge-client--capabilities)))))

(defun drawbridge-client--flush ()
  "Do what waited for the connection, or for its end."
  (mapc #'funcall (nreverse (cl-shiftf drawbridge-client--waiting nil))))

(defun drawbridge-client--initialized (result)
  "Begin to use the connection, whose `initialize' was answered by RESULT."
  (drawbridge-let (McpServerCapabilities version methods)
      (plist-get (plist-get (plist-get result :capabilities) :experimental) :mcp)
    (unless (equal (car (split-string (or version "0") "\\.")) (car (split-string drawbridge-protocol-version "\\.")))
      (message "Drawbridge: the program speaks version %s of the protocol, this package %s; update the older one"
               version drawbridge-protocol-version))
    (jsonrpc-notify drawbridge-client--connection :initialized drawbridge-types-empty)
    (setq drawbridge-client--methods (append methods '(nil)))
    (drawbridge-client--flush)))

(defun drawbridge-client--ended (connection)
  "Clean up after CONNECTION; start again if it had worked."
  (when (eq connection drawbridge-client--connection)
    (let ((worked drawbridge-client--methods)
          (stderr (jsonrpc-stderr-buffer connection)))
      (drawbridge-client--forget)
      (if (and worked (>= (cl-decf drawbridge-client--restarts) 0))
          (run-at-time 0 nil #'drawbridge-client-start)
        (message "Drawbridge ended; `M-x drawbridge' starts it again. %s"
                 (if (buffer-live-p stderr) (string-trim (with-current-buffer stderr (buffer-string))) ""))))))

(defun drawbridge-client--forget ()
  "Forget all that belongs to a connection."
  (setq drawbridge-client--connection nil
        drawbridge-client--methods nil)
  (drawbridge-client--flush)
  (drawbridge-client-keep nil))

(defun drawbridge-client-start ()
  "Start Drawbridge, once."
  (unless drawbridge-client--connection
    (let ((command (drawbridge-client--command)))
      (setq drawbridge-client--connection
            (apply #'make-instance 'jsonrpc-process-connection
                   :name "drawbridge"
                   :process (lambda ()
                              (make-process :name "drawbridge" :command command :connection-type 'pipe
                                            :coding 'utf-8-emacs-unix :noquery t
                                            :stderr (get-buffer-create "*drawbridge stderr*")))
                   :notification-dispatcher (lambda (_ method params) (drawbridge-handle-notification method params))
                   :request-dispatcher (lambda (_ method params) (drawbridge-handle-request method params))
                   :on-shutdown #'drawbridge-client--ended
                   ;; No copy of the messages: an address that ends a sign-in is a secret.
                   (if (slot-exists-p 'jsonrpc-connection '-events-buffer-config)
                       '(:events-buffer-config (:size 0 :format full))
                     '(:events-buffer-scrollback-size 0))))
      ;; A program that cannot run may be gone already; its end is told by `drawbridge-client--ended'.
      (ignore-errors
        (jsonrpc-async-request
         drawbridge-client--connection :initialize (drawbridge-client--initialize-params)
         :timeout nil :success-fn #'drawbridge-client--initialized :error-fn #'ignore)))))

(defun drawbridge-client-state ()
  "Whether the connection is `ready', `starting', or nil for none."
  (cond (drawbridge-client--methods 'ready)
        (drawbridge-client--connection 'starting)))

(defun drawbridge-client-stop ()
  "End the connection; the shared process and the sign-ins stay."
  (interactive)
  (when-let ((connection drawbridge-client--connection))
    (drawbridge-client--forget)
    (ignore-errors
      (jsonrpc-request connection :shutdown drawbridge-types-empty :timeout 2)
      (jsonrpc-notify connection :exit drawbridge-types-empty))
    (jsonrpc-shutdown connection t)))

(defun drawbridge-client-failure-text (failure)
  "FAILURE, also of a JSON-RPC error, in words, with what to do about it."
  (string-join (delq nil (list (plist-get failure :message)
                               (plist-get (or (plist-get failure :data) failure) :action)))
               " "))

(defun drawbridge-client-show-error (failure)
  "Show FAILURE, a JSON-RPC error."
  (message "Drawbridge: %s" (drawbridge-client-failure-text failure)))

(defun drawbridge-client-request (method params &optional done failed)
  "Send the request METHOD with PARAMS, after starting Drawbridge if need be.
DONE is called with the result, FAILED with the error; by default, the
error is shown.  No wait has a limit here: Drawbridge bounds them, and a
person may take long."
  (let ((failed (or failed #'drawbridge-client-show-error)))
    (cl-flet ((send ()
                (if (member (symbol-name method) drawbridge-client--methods)
                    (jsonrpc-async-request drawbridge-client--connection method params :timeout nil
                                           :success-fn (or done #'ignore) :error-fn failed)
                  (funcall failed (list :message (if drawbridge-client--methods
                                                     (format "this version does not answer %s." method)
                                                   "there is no connection."))))))
      (drawbridge-client-start)
      (if drawbridge-client--methods
          (send)
        (push #'send drawbridge-client--waiting)))))

(defun drawbridge-client-refresh (done)
  "Ask for the list and keep it, then call DONE, also when it fails."
  (drawbridge-client-request
   'mcp/listServers drawbridge-types-empty
   (lambda (result)
     (drawbridge-let (ListServersResult servers) result
       (drawbridge-client-keep servers))
     (funcall done))
   (lambda (failure)
     (drawbridge-client-show-error failure)
     (funcall done))))

(defun drawbridge-client-await ()
  "Wait for the list, when nothing is known yet; quitting is fine."
  (unless drawbridge-servers
    (let (known)
      (drawbridge-client-refresh (lambda () (setq known t)))
      (with-timeout (20)
        (while (not known)
          (accept-process-output nil 0.05))))))

(defun drawbridge-client-tools (server done &optional failed)
  "Call DONE with the tools of SERVER, a list, or FAILED with an error."
  (drawbridge-client-request
   'mcp/listTools (drawbridge-make ServerParams :server server)
   (lambda (result)
     (drawbridge-let (ListToolsResult tools) result
       (funcall done (append tools nil))))
   failed))

(provide 'drawbridge-client)
;;; drawbridge-client.el ends here
