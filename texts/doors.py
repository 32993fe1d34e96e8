"""What the chat says about the pages."""

from texts.page import Page

PRIVATE = Page("登录链接只在私聊里给：请点开我的头像，私聊我说“登录”。")
STAFF_ONLY = Page("网页给队员和队长用；看自己的工单请说“我的”。")
MINUTES = 5


def map_button(first: str = "", last: str = "") -> str:
    """Opens the map of the pages; days are named where it shows more than was asked for."""
    return f"网页地图（{first} 至 {last} 整天）" if first else "网页地图"


def link(address: str, secret: str) -> Page:
    """A new link."""
    return Page(
        f"登录网页：{address}/login/{secret}\n"
        f"{MINUTES}分钟内有效，只能用一次，只给您本人用，请不要转发。打开后按“登录”。"
    )
