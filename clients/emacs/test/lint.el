;;; lint.el --- Compiles and checks the package, warnings as errors  -*- lexical-binding: t; -*-

;;; Commentary:

;; Run in batch; exits with 1 on any complaint of the byte compiler, checkdoc
;; or, where there is one, package-lint.

;;; Code:

(require 'checkdoc)

(defvar lint-directory (file-name-directory (directory-file-name (file-name-directory load-file-name))))
(defvar lint-complaints nil)

(defun lint-complain (file line text)
  "Say that TEXT is wrong in LINE of FILE."
  (push t lint-complaints)
  (princ (format "%s:%s: %s\n" (file-name-nondirectory file) line text)))

(let ((files (directory-files lint-directory t "\\`drawbridge.*\\.el\\'"))
      (out (make-temp-file "drawbridge-lint" t)))
  (add-to-list 'load-path lint-directory)
  (setq byte-compile-error-on-warn t
        byte-compile-dest-file-function
        (lambda (file) (expand-file-name (concat (file-name-base file) ".elc") out)))
  (dolist (file files)
    (unless (eq (byte-compile-file file) t)
      (lint-complain file 0 "does not compile without warnings"))
    (let ((checkdoc-diagnostic-buffer "*checkdoc*")
          (checkdoc-create-error-function
           (lambda (text start &rest _)
             (lint-complain file (if start (line-number-at-pos start) 0) text)
             nil)))
      (with-current-buffer (find-file-noselect file)
        (checkdoc-current-buffer t))))
  (delete-directory out t)
  (when-let ((package-lint (getenv "DRAWBRIDGE_PACKAGE_LINT")))
    (dolist (folder (split-string package-lint ":" t))
      (add-to-list 'load-path folder))
    (require 'package-lint)
    (setq package-lint-main-file (expand-file-name "drawbridge.el" lint-directory))
    ;; No archive is asked: what is required comes with Emacs.
    (setq package-archive-contents nil package--initialized t)
    (dolist (file files)
      (with-current-buffer (find-file-noselect file)
        (pcase-dolist (`(,line ,_ ,kind ,text) (package-lint-buffer))
          ;; It knows the releases up to its own time only.
          (unless (string-search "uninstallable in all released Emacs versions" text)
            (lint-complain file line (format "%s: %s" kind text))))))))

(kill-emacs (if lint-complaints 1 0))
;;; lint.el ends here
