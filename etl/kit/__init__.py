"""A kit that a partner can be given: a template, a form, a page of words and their declarations.

``items`` says what is asked, once; ``template`` writes it as a workbook, ``form`` as an XLSForm,
``words`` as a page, ``declared`` as the declarations that read what comes back. Layouts that others
publish lie ready in ``layouts``.
"""
