"""The commands of `hemeroteca`, one a module."""

from assistant.commands.adopt import adopt
from assistant.commands.ask import ask
from assistant.commands.backup import backup
from assistant.commands.chat import chat
from assistant.commands.conversations import conversations
from assistant.commands.dates import dates
from assistant.commands.doctor import doctor
from assistant.commands.evaluate import evaluate
from assistant.commands.feedback import feedback
from assistant.commands.index import index
from assistant.commands.key import key
from assistant.commands.mcp import mcp
from assistant.commands.restore import restore
from assistant.commands.search import search
from assistant.commands.show import show
from assistant.commands.status import status
from assistant.commands.timeline import timeline
from assistant.commands.user import user

COMMANDS = (
    *(index, ask, search, chat, mcp, key, status, doctor, show, timeline, dates, evaluate, feedback),
    *(backup, restore, adopt),
)
GROUPS = (conversations, user)
