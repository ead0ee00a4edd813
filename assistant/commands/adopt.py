"""`hemeroteca adopt`."""

from assistant.commands.frame import Json, opened, print_json


def adopt(json_: Json = False) -> None:
    """Take this machine's conversations, users and keys from their files into the database.

    Of the files in the working directory; they stay. What is in the database already is left as it is.
    """
    from assistant.people.adopting import adopt as adopt_people

    with opened(None, None) as assistant:
        adopted = adopt_people(assistant.settings, assistant.people)
    if json_:
        print_json(adopted.to_dict())
        return
    print(f"{adopted.conversations} conversations, {adopted.users} users and {adopted.keys} keys taken in.")
