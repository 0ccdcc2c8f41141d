from sayso.claims.matrix import Matrix as Matrix
from sayso.compare.report import Comparison as Comparison
from sayso.document import Document as Document
from sayso.errors import SaysoError as SaysoError
from sayso.reader import Reader as Reader
from sayso.reader import read as read
from sayso.reading import Attribution as Attribution
from sayso.reading import Finding as Finding
from sayso.reading import Reading as Reading
from sayso.reading import Rejection as Rejection
from sayso.reading import Source as Source
from sayso.reading import Voice as Voice
from sayso.spans import Span as Span

__all__: list[str]
__version__: str
