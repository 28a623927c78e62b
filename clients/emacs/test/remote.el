;;; remote.el --- Lets a test sit at an Emacs  -*- lexical-binding: t; -*-

;;; Commentary:

;; One JSON command a line over the Unix socket $DRAWBRIDGE_TEST_SOCKET, one
;; line of JSON back.  Nothing of the editor is replaced: the test types
;; keys, reads the buffer before it and what Emacs prints, and what would
;; open a browser is a program of the test's.
;;
;;   emacs -Q --batch -L clients/emacs -l clients/emacs/test/remote.el

;;; Code:

(require 'drawbridge)

(defun remote-text ()
  "The text of the buffer before the person."
  (with-current-buffer (window-buffer)
    (buffer-substring-no-properties (point-min) (point-max))))

(defun remote-call (call done)
  "Call the tool in CALL, a `CallToolParams', and give its first text to DONE."
  (drawbridge-client-request
   'mcp/callTool call
   (lambda (answer)
     (funcall done (plist-get (aref (plist-get (plist-get answer :result) :content) 0) :text)))
   (lambda (failure)
     (funcall done (concat "failed: " (plist-get failure :message))))))

(defun remote-obey (command done)
  "Do COMMAND, and give its value to DONE."
  (let ((with (plist-get command :with)))
    (pcase (plist-get command :verb)
      ;; Errors of commands are shown, as without batch.
      ("keys" (condition-case problem
                  (with-current-buffer (window-buffer) (execute-kbd-macro (kbd with)))
                (error (message "%s" (error-message-string problem))))
       (funcall done t))
      ("text" (funcall done (remote-text)))
      ("status" (funcall done (substring-no-properties (drawbridge-status))))
      ("call" (remote-call with done)))))

(defun remote-filter (process text)
  "Obey each whole line of TEXT that PROCESS sent."
  (let* ((lines (split-string (concat (process-get process 'rest) text) "\n")))
    (process-put process 'rest (car (last lines)))
    (dolist (line (butlast lines))
      (cl-flet ((answer (value) (process-send-string process (concat (json-serialize value) "\n"))))
        (condition-case problem
            (remote-obey (json-parse-string line :object-type 'plist)
                         (lambda (value) (answer (list :value value))))
          (error (answer (list :problem (format "%S" problem)))))))))

(make-network-process :name "remote" :server t :family 'local :coding 'utf-8-unix :noquery t
                      :service (getenv "DRAWBRIDGE_TEST_SOCKET") :filter #'remote-filter)

;; One that is left alone does not live on.
(run-with-timer 300 nil #'kill-emacs 1)
(while t
  (accept-process-output nil 1))

;;; remote.el ends here
