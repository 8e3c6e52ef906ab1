"""Components: values of the product as parts of a page, without SQL and without callbacks."""
