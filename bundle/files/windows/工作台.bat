@echo off
rem ASCII only: cmd reads this file in the code page of the machine. Its messages stand in scripts.
setlocal EnableExtensions DisableDelayedExpansion
"%~dp0env\Scripts\python.exe" -I -c "import policyhours" >nul 2>nul
if not "%errorlevel%"=="0" goto missing
"%~dp0env\Scripts\python.exe" -I -m policyhours serve --policies "%~dp0policies"
set "CODE=%errorlevel%"
if not "%CODE%"=="0" pause
exit /b %CODE%

:missing
type "%~dp0scripts\not-installed.txt"
pause
exit /b 1
