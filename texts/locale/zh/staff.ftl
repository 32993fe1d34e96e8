# 身份：发码、绑定、撤销、人员名单；网页的登录链接。

bind-private = 身份码只在私聊里用：请点开我的头像，私聊发 /bind 加身份码。发在群里的码大家都看见了，已经作废，请队长重新发一个。
bind-how = 请把队长给的身份码写在后面，例如：/bind K7QX-M2PA-9RTW
bind-wrong = 这个身份码不对，或者已经用过、过期了，请队长重新发一个。
bind-slowly = 错的次数有点多，请过一小时再试，或请队长帮忙核对。
invite-private = 身份码只在私聊里给：请私聊我说“发码 队员 中队名”。
invite-above = 只能给自己同级和以下的身份发码。
invite-how =
    请写明身份和中队，例如：发码 队员 { $squad }
    身份：队员、队长、环卫、工地；中队：{ $squads }
invite-some-squad = 三中队
staff-leads-only = 这件事由队长来做；看自己的工单请说“我的”。
people-private = 人员名单只在带班群和私聊里给，请私聊我说“人员”。
code-of = { $role }的身份码：{ $code }
code-hand-on = 请当面或私下转给本人，让他私聊我发：/bind { $code }
code-holds = 只能用一次，{ $until }前有效；发到群里就作废。
bound = 绑定好了，您现在是{ $role }。认的是您这个账号，改名字不影响。说“帮助”看怎么用。
bound-by-file = 您的身份（{ $role }）写在配置文件里，以配置为准，不能用身份码改；这个码已作废。要改请找管理员改配置。
told-bound = { $who } 用身份码绑定为{ $role }，不是本人的话请撤销。
revoked = 已撤销 { $who } 的{ $role }身份。撤错了一天内可以恢复。
revoked-working = 已撤销 { $who } 的{ $role }身份，手上{ $n }件工单已退回中队。撤错了一天内可以恢复。
restored = 已恢复 { $who } 的{ $role }身份。
told-left = { $who } 离开了{ $group }，手上{ $n }件工单已退回中队。
left-by-code = 身份还在，不用了请撤销。
left-by-file = 身份写在配置里的，要改请改配置。
people-none = 没有找到登记的人员。
people-head = 登记的人员
people-by-file = { $role } { $who }（配置）
people-by-code = { $role } { $who }（身份码）
people-more = 还有{ $n }人，请说“人员 中队名”。
people-file-only = 写在配置里的只能改配置文件，不能在这里撤销。
press-revoke = 撤销 { $who }
press-restore = 恢复

login-private = 登录链接只在私聊里给：请点开我的头像，私聊我说“登录”。
login-staff-only = 网页给队员和队长用；看自己的工单请说“我的”。
login-link = 登录网页：{ $link }
login-how = { $minutes }分钟内有效，只能用一次，只给您本人用，请不要转发。打开后按“登录”。
login-map = 网页地图
login-map-days = 网页地图（{ $first } 至 { $last } 整天）
login-figures = 网页数字
login-figures-days = 网页数字（{ $first } 至 { $last } 整天）
login-figures-of = 网页数字：{ $name }
