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
        (error "%s has no member %s" type keyword))))

(defmacro drawbridge-let (type-and-members object &rest body)
  "Bind members of OBJECT to variables of their names around BODY.
TYPE-AND-MEMBERS is (TYPE MEMBER...).  It is an error of the
compilation when TYPE has no such MEMBER."
  (declare (indent 2) (debug (sexp form body)))
  (let ((value (make-symbol "object")))
    `(let* ((,value ,object)
            ,@(mapcar (lambda (member)
                        (let ((keyword (intern (format ":%s" member))))
                          (drawbridge-types--check (car type-and-members) keyword)
                          `(,member (plist-get ,value ,keyword))))
                      (cdr type-and-members)))
       ,@body)))

(defmacro drawbridge-make (type &rest members)
  "Make an object of TYPE, a plist, from MEMBERS.
An optional member whose value is nil is left out.  It is an error
of the compilation when a member is unknown or missing."
  (declare (indent 1))
  (let ((given (cl-loop for (keyword _) on members by #'cddr collect keyword)))
    (dolist (keyword given)
      (drawbridge-types--check type keyword))
    (pcase-dolist (`(,keyword ,_ . ,optional) (drawbridge-types--members type))
      (unless (or optional (memq keyword given))
        (error "%s needs the member %s" type keyword)))
    `(nconc ,@(cl-loop for (keyword value) on members by #'cddr
                       for optional = (nth 2 (drawbridge-types--check type keyword))
                       collect (if optional
                                   `(when-let ((value ,value)) (list ,keyword value))
                                 `(list ,keyword ,value))))))

(defconst drawbridge-types-empty (make-hash-table :size 0)
  "The JSON object without members, which a plist cannot be.")

(provide 'drawbridge-types)
;;; drawbridge-types.el ends here
