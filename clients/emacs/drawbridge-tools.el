;;; drawbridge-tools.el --- Tools of MCP servers for gptel and mcp.el  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; `M-x drawbridge-tools-offer' registers the tools of all connected servers
;; with gptel, now and whenever they change.  `M-x drawbridge-tools-add-to-mcp'
;; gives mcp.el one server that offers them all.

;;; Code:

(require 'drawbridge-client)

(declare-function gptel-make-tool "ext:gptel-request")
(defvar mcp-hub-servers)

(defun drawbridge-tools--text (result)
  "The text of RESULT, what a tool answered."
  (let ((text (mapconcat (lambda (one) (or (plist-get one :text) (format "[%s]" (plist-get one :type))))
                         (plist-get result :content) "\n")))
    (if (eq (plist-get result :isError) t) (concat "Error: " text) text)))

(defun drawbridge-tools--call (server tool names callback &rest values)
  "Call TOOL of SERVER with arguments of NAMES and VALUES; CALLBACK gets text."
  (drawbridge-client-request
   'mcp/callTool
   (drawbridge-make CallToolParams
     :server server
     :name tool
     :arguments (or (cl-loop for name in names for value in values
                             when value append (list (intern (concat ":" name)) value))
                    drawbridge-types-empty)
     :requestedBy (format "gptel called %s/%s" server tool))
   (lambda (answer)
     (drawbridge-let (McpResult result) answer
       (funcall callback (drawbridge-tools--text result))))
   (lambda (failure)
     (funcall callback (concat "Error: " (drawbridge-client-failure-text failure))))))

(defun drawbridge-tools--arguments (schema)
  "The arguments in SCHEMA, a JSON Schema, as gptel wants them."
  (cl-loop for (keyword property) on (plist-get schema :properties) by #'cddr
           for name = (substring (symbol-name keyword) 1)
           collect (append (list :name name
                                 :type (let ((type (plist-get property :type))) (if (stringp type) type "string"))
                                 :description (or (plist-get property :description) name))
                           (unless (seq-contains-p (plist-get schema :required) name) '(:optional t))
                           (cl-loop for key in '(:enum :items :properties)
                                    when (plist-get property key) append (list key (plist-get property key))))))

(defun drawbridge-tools--register (server tools)
  "Register TOOLS of SERVER with gptel."
  (dolist (tool tools)
    (let* ((name (plist-get tool :name))
           (arguments (drawbridge-tools--arguments (plist-get tool :inputSchema)))
           (names (mapcar (lambda (argument) (plist-get argument :name)) arguments)))
      (gptel-make-tool
       :name (replace-regexp-in-string "[^[:alnum:]_-]" "_" (format "%s__%s" server name))
       :category (concat "drawbridge-" server)
       :description (or (plist-get tool :description) name)
       :args arguments
       :async t
       ;; A server says itself what its tools do, so the person is asked.
       :confirm t
       :function (apply-partially #'drawbridge-tools--call server name names)))))

(defun drawbridge-tools--refresh ()
  "Register the tools of every connected server."
  (dolist (server drawbridge-servers)
    (drawbridge-let (Server name (state kind)) server
      (when (equal kind "connected")
        (drawbridge-client-tools name (apply-partially #'drawbridge-tools--register name) #'ignore)))))

;;;###autoload
(defun drawbridge-tools-offer ()
  "Offer the tools of all connected servers to gptel, now and as they change."
  (interactive)
  (unless (featurep 'gptel)
    (user-error "Gptel is not loaded"))
  (add-hook 'drawbridge-servers-hook #'drawbridge-tools--refresh)
  (drawbridge-client-start)
  (drawbridge-tools--refresh))

;;;###autoload
(defun drawbridge-tools-add-to-mcp ()
  "Give mcp.el one server with the tools of all of Drawbridge's servers."
  (interactive)
  (unless (featurep 'mcp-hub)
    (user-error "Package mcp.el is not loaded"))
  (let ((command (butlast (drawbridge-client--command))))
    (setf (alist-get "drawbridge" mcp-hub-servers nil nil #'equal)
          (list :command (car command) :args (append (cdr command) '("proxy" "--all"))))))

(provide 'drawbridge-tools)
;;; drawbridge-tools.el ends here
