"""The methods of the Bot API by Telegram's names; those about updates stand in `api`."""

from collections.abc import Callable
from typing import Any

from playground import asking, changing, sending
from playground.speech import Call

METHODS: dict[str, Callable[[Call], Any]] = {
    "getme": asking.get_me,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "sendvideo": sending.send_video,
    "senddocument": sending.send_document,
    "sendvoice": sending.send_voice,
    "sendmediagroup": sending.send_media_group,
    "sendlocation": sending.send_location,
    "sendvenue": sending.send_venue,
    "editmessagetext": changing.edit_message_text,
    "editmessagecaption": changing.edit_message_caption,
    "editmessagereplymarkup": changing.edit_message_reply_markup,
    "editmessagemedia": changing.edit_message_media,
    "deletemessage": changing.delete_message,
    "setmessagereaction": changing.set_message_reaction,
    "pinchatmessage": changing.pin_chat_message,
    "answercallbackquery": asking.answer_callback_query,
    "getfile": asking.get_file,
    "getchat": asking.get_chat,
    "getchatmember": asking.get_chat_member,
    "getchatadministrators": asking.get_chat_administrators,
    "setmycommands": asking.set_my_commands,
    "sendchataction": asking.send_chat_action,
    "leavechat": asking.leave_chat,
}
