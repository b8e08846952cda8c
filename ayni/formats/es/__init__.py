"""Spanish as it is written in Chile; Django has no es_CL."""
