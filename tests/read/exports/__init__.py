"""Writers of exports in the shape of each format, for tests of what readers make of them."""

from tests.read.exports.listening import LISTENING
from tests.read.exports.objects import OBJECTS
from tests.read.exports.tables import TABLES

EXPORTS = TABLES | LISTENING | OBJECTS
