"""Times trafilatura over the pages named in argv: text, title, author and date, as the others do."""
import gzip
import json
import resource
import sys
import time

import trafilatura

pages = [gzip.open(path, 'rb').read() for path in sys.argv[1:]]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
answered = 0
for page in pages:
    document = trafilatura.bare_extraction(page, with_metadata=True)
    answered += document is not None
seconds = time.process_time() - start
print(json.dumps({'name': 'trafilatura ' + trafilatura.__version__, 'cpu_seconds': seconds, 'answered': answered,
                  'peak_mb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 'loaded_mb': before / 1024}))
