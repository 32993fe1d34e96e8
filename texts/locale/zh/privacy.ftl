# 自己的资料：群里的告知、/privacy、删除。

privacy-here = 您的资料怎么保存、怎么查、怎么删：请私聊我发“隐私”。
privacy-toast-elsewhere = 请在和我的私聊里办
privacy-toast-coming = 好的，马上发给您
privacy-toast-asked = 请再确认一次
privacy-toast-erasing = 好的，马上删除
privacy-toast-staff = 在岗人员的工作记录由单位保管，不能在这里删除
privacy-by = { $bureau }管理
privacy-reached = { $bureau }管理（联系：{ $contact }）
privacy-notice =
    大家好，我是群办，由{ $bureau }。街面上的事在群里直接说，最好带个定位或照片，我登记成工单派给中队，进度在这里回复。
    我读本群的消息，只用于办理工单：与工单无关的{ $talk }后删除，工单里的文字和照片结案{ $ticket }后删除。显示时电话、证件号、车牌会打码。
    查看或删除自己的资料：发 /privacy。不需要我时我不出声。
privacy-rules =
    群办由{ $bureau }，为履行城市管理职责处理群里的消息。
    保存什么、多久：
    · 与工单无关的消息：{ $talk }
    · 收到的原始数据：{ $raw }；读不了的{ $dead }
    · 工单的文字、地点、照片和照片里自带的位置：结案后{ $ticket }，执法的{ $enforcement }
    · 发出的消息：{ $sent }
    · 办理经过、谁看过您的资料：{ $past }
    · 您的名字和账号编号：还有上面任何一项时；都没有了，{ $talk }后删除
    谁能看：承办的中队和队长；群里显示时电话、证件号、车牌打码。队员看原话会留下记录。
    您可以要一份自己的资料，也可以删除；在办的和执法的工单是证据，办完、到期才删。
privacy-sure = 确定删除吗？名字、消息、照片会删掉，工单只留“已删除”，以后的进度也不再认得您。删除后不能恢复。
privacy-gone = 您的名字、消息和照片已删除，账号已换成不能对应到您的代号。照片文件和这里的聊天记号今晚前清掉。
privacy-stays = 还留着：{ $numbers } 里的文字和照片。这些工单在办或属于执法案件，是证据，依法到期后删除。
privacy-own = 您的资料都在这个文件里，点开就能看；您发过的照片接着发来。
looked-nobody = 没有人看过。
looked-machine = 本机命令行
press-copy = 给我一份
press-erase = 删除我的资料
press-erase-now = 确定删除
press-erase-not = 先不删
