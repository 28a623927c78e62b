;;; drawbridge-types.el --- Checked access to the protocol's objects  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Two macros to read and to make the protocol's objects.  The byte compiler
;; refuses a member that the type does not have, and an object that lacks
;; one.

;;; Code:

(require 'cl-lib)
(require 'drawbridge-protocol)

(eval-and-compile
  (defun drawbridge-types--members (type)
    "The members of TYPE; those of every case, with the tag, for a union."
    (pcase (alist-get type drawbridge-protocol-types)
      (`(object . ,members) members)
      (`(union ,tag . ,cases)
       (cons (list tag 'string)
             (mapcar (lambda (member) (append (take 2 member) '(optional)))
                     (mapcan (lambda (case) (copy-sequence (cdr case))) cases))))
      (_ (error "The protocol has no objects of the type %s" type))))

  (defun drawbridge-types--check (type keyword)
    "The declaration of KEYWORD in TYPE; an error when there is none."
    (or (assq keyword (drawbridge-types--members type))
        (error "%s has no member %s" type keyword)))

  (defun drawbridge-types--bindings (type members value)
    "The bindings of MEMBERS of VALUE, an object of TYPE."
    (mapcan (lambda (member)
              (pcase-let* ((`(,name . ,deeper) (ensure-list member))
                           (keyword (intern (format ":%s" name)))
                           (inner (nth 1 (drawbridge-types--check type keyword))))
                (cons (list name (list 'plist-get value keyword))
                      (drawbridge-types--bindings inner deeper name))))
            members)))

(defmacro drawbridge-let (pattern object &rest body)
  "Bind members of OBJECT to variables of their names around BODY.
PATTERN is (TYPE MEMBER...), where MEMBER may be (MEMBER MEMBER...) to
bind members of that member too.  It is an error of the compilation
when a type has no such member."
  (declare (indent 2) (debug (sexp form body)))
  (let ((value (make-symbol "object")))
    `(let* ((,value ,object)
            ,@(drawbridge-types--bindings (car pattern) (cdr pattern) value))
       ,@body)))

(defmacro drawbridge-make (type &rest members)
  "Make an object of TYPE, a plist, from MEMBERS.
It is an error of the compilation when one is unknown or missing."
  (declare (indent 1))
  (cl-loop for (keyword _) on members by #'cddr do (drawbridge-types--check type keyword))
  (pcase-dolist (`(,keyword ,_ . ,optional) (drawbridge-types--members type))
    (unless (or optional (plist-member members keyword))
      (error "%s needs the member %s" type keyword)))
  `(list ,@members))

(defconst drawbridge-types-empty (make-hash-table :size 0)
  "The JSON object without members, which a plist cannot be.")

(provide 'drawbridge-types)
;;; drawbridge-types.el ends here
